/**
 * Puts what `change` makes of the value at a path of the manifest's kind in its place, wherever the path leads through lists. Keys may hold dots: the
 * longest goes first. Gives the value back, for it may be another one. Where nothing stands, nothing changes.
 */
export function changeAt(value, path, change) {
  if (path === '') return change(value);
  if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) value[at] = changeAt(one, path, change);
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const leads = Object.keys(value).filter((key) => path === key || (path.startsWith(key) && '.:['.includes(path[key.length])));
  const key = leads.toSorted((a, b) => b.length - a.length)[0];
  if (key === undefined) return value;
  const rest = path.slice(key.length).replace(/^\[[^\]]*\]/, '').replace(/^[.:]/, ''); // prettier-ignore
  value[key] = changeAt(value[key], rest, change);
  return value;
}

/** Writes a value at a path, "." for the whole; what is not there yet is made. `wanted` may be a function of what stood there. */
export function putAt(value, path, wanted) {
  const made = (old) => (typeof wanted === 'function' ? wanted(old) : wanted);
  if (path === '.') return made(value);
  let isDone = false;
  const changed = changeAt(value, path, (old) => {
    isDone = true;
    return made(old);
  });
  if (isDone) return changed;
  const keys = path.startsWith('@') ? [path] : path.split('.');
  let at = changed;
  for (const key of keys.slice(0, -1)) {
    const below = Array.isArray(at) ? at[0] : at;
    at = below[key] ??= {};
  }
  (Array.isArray(at) ? at[0] : at)[keys.at(-1)] = made(undefined);
  return changed;
}
