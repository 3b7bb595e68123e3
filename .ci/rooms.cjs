const { readFileSync } = require('node:fs');
const path = require('node:path');

/**
 * The rooms of src, as the table of CONTRIBUTING.md has them: eslint, dependency-cruiser and the tests read them there, so that the page cannot say one
 * thing and the fences another.
 *
 * @type {readonly { name: string, isPure: boolean, mayImport: readonly string[] }[]}
 */
const ROOMS = readFileSync(path.join(__dirname, '../CONTRIBUTING.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `src/'))
  .map((line) => {
    const [name, , mayImport, pure] = line.slice(2).split(' | ');
    return {
      name: /^`src\/([a-z]+)`$/.exec(name)[1],
      isPure: /^yes/.test(pure),
      mayImport: [...mayImport.matchAll(/`([a-z]+)`/g)].map(([, room]) => room),
    };
  });

module.exports = { ROOMS };
