import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { NIGHT } from '../night.js';
import { AUDIT_FLAGS } from '../../src/cli/commands/audit.js';
import { FORMATS } from '../../src/report/formats.js';
import { CONNECTORS } from '../../src/sources/registry.js';

const { ROOMS } = createRequire(import.meta.url)('../../.ci/rooms.cjs') as { ROOMS: readonly { name: string }[] };
const ROOT = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** The examples, by the path that their first line names: files of their own, and files with a part put in above a line that they have once. */
const examples = new Map(
  [...text.matchAll(/```ts\n\/\/ ([^\s,]+)(?:, above: (.*))?\n([^]*?)```/g)].map(([, file = '', line, code = '']) => {
    const at = path.join(ROOT, file);
    return [at, line === undefined ? code : withPart(readFileSync(at, 'utf8'), line, code)];
  }),
);

function withPart(whole: string, line: string, part: string): string {
  const [before = '', after, ...more] = whole.split(`\n${line}`);
  if (after === undefined || more.length > 0) throw new Error(`CONTRIBUTING.md names a line that is not there once: ${line}`);
  return `${before}\n${part}${line}${after}`;
}

/** What an example has that does not parse, and what it imports that is not exported there. */
function missingFrom(file: string, code: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(code, { fileName: file, reportDiagnostics: true });
  const imports = [...code.matchAll(/import (?:type )?\{([^}]*)\} from '(\.[^']*)\.js'/g)];
  const missing = imports.flatMap(([, names = '', from = '']) => {
    const source = readFileSync(`${path.resolve(path.dirname(file), from)}.ts`, 'utf8');
    const wanted = names.split(',').map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*/, ''),
    );
    return wanted
      .filter((name) => name !== '' && !new RegExp(`export [^\\n]*\\b${name}\\b`).test(source))
      .map((name) => `${name} of ${from}`);
  });
  return [...diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')), ...missing];
}

describe('the examples of CONTRIBUTING.md', () => {
  it('compile as the files that they say they are', () => {
    expect([...examples.keys()].map((file) => path.relative(ROOT, file))).toEqual([
      'src/report/lines.ts',
      'src/sources/passwd/source.ts',
      'src/cli/commands/audit.ts',
      'src/manifest/form/parts.ts',
      'src/manifest/form/tests.ts',
    ]);
    for (const [file, code] of examples) expect([file, missingFrom(file, code)]).toEqual([file, []]);
    // By night with their types, too: that takes the whole program.
    if (!NIGHT) return;
    const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as { config: unknown };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (file) => examples.has(file) || fileExists(file);
    host.readFile = (file) => examples.get(file) ?? readFile(file);
    host.getSourceFile = (file, language, ...rest) => {
      const code = examples.get(file);
      return code === undefined ? getSourceFile(file, language, ...rest) : ts.createSourceFile(file, code, language);
    };
    const program = ts.createProgram({ rootNames: [...examples.keys()], options, host });
    const mistakes = [...examples.keys()].flatMap((file) => [...program.getSemanticDiagnostics(program.getSourceFile(file)), ...program.getSyntacticDiagnostics(program.getSourceFile(file))]); // prettier-ignore
    expect(mistakes.map((mistake) => ts.flattenDiagnosticMessageText(mistake.messageText, '\n'))).toEqual([]);
  }, 60_000);

  it('are not in the tables yet, which are where the page says', () => {
    expect(Object.keys(FORMATS)).not.toContain('lines');
    expect(Object.keys(CONNECTORS)).not.toContain('passwd');
    expect(Object.keys(AUDIT_FLAGS)).not.toContain('pageConcurrency');
  });
});

describe('the map of the house', () => {
  it('names every folder of src, and no other', () => {
    const folders = ts.sys.getDirectories(path.join(ROOT, 'src'));
    expect(ROOMS.map(({ name }) => name).sort()).toEqual([...folders].sort());
  });
});
