/**
 * Follows the address: `#findings?class=orphaned`, `#app-3`, `#app-3-delete`, `#person?at=17`; anything else is a place in the report.
 *
 * @param {boolean} first the page has just been opened
 */
function follow(first) {
  const [place = '', asked = ''] = location.hash.slice(1).split('?');
  const isPerson = place === 'person';
  find('#report').hidden = isPerson;
  find('#person').hidden = !isPerson;
  if (isPerson) {
    showPerson(Number(new URLSearchParams(asked).get('at')));
    document.querySelector('#person h2')?.scrollIntoView({ block: 'nearest' });
    const heading = document.querySelector('#person-name');
    if (heading instanceof HTMLElement) heading.focus();
    scrollTo(0, 0);
    return;
  }
  if (place === 'findings') {
    findingsView.apply(new URLSearchParams(asked));
    find('#findings').focus({ preventScroll: true });
  } else if (first) findingsView.apply(new URLSearchParams());
  const target = place === '' ? null : document.getElementById(place);
  if (target === null) return;
  // What stands inside something closed is opened on the way.
  for (let up = /** @type {Element | null} */ (target); up !== null; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
  }
  target.scrollIntoView({ block: 'start' });
}

addEventListener('hashchange', () => follow(false));
follow(true);
