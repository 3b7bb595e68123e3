// One sheet of many rows read as the accounts of an app, in a process of its own: wall time and peak memory.
//   npm run bench:spreadsheet -- [--rows 1000000]
// Eight columns, four of them with texts that no other row has: those are shared texts, which a reader has to keep.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { crc32, createDeflateRaw } from 'node:zlib';

const HERE = import.meta.dirname;
const BAR_MIB = 600;
const { values: flags } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, read: { type: 'string' } } });
const rows = Number(flags.rows);

if (flags.read === undefined) await measure();
else await read(flags.read);

async function measure() {
  const folder = path.join(HERE, 'data', `spreadsheet-${rows}`);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'app.xlsx');
  if (!existsSync(file)) await write(file);
  const command = [path.join(HERE, 'measure.py'), path.join(folder, 'stdout'), process.execPath, import.meta.filename, '--rows', flags.rows, '--read', file]; // prettier-ignore
  const { stdout, stderr, status } = spawnSync('python3', command, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`could not be measured: ${stderr}`);
  const { wall, peakMiB, code } = JSON.parse(stdout);
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  const held = peakMiB < BAR_MIB;
  process.stdout.write(
    `| ${rows} rows | ${wall.toFixed(1)} s | ${peakMiB.toFixed(0)} MiB |\nbar of ${BAR_MIB} MiB: ${held ? 'held' : 'missed'}\n`,
  );
  process.exitCode = held ? 0 : 1;
}

async function read(file) {
  const { openFile } = await import('../../dist/sources/file/source.js');
  const fields = {
    id: 'uid',
    userName: 'login',
    emails: ['mail'],
    displayName: 'name',
    department: 'department',
    employeeId: 'no',
    lastLoginAt: 'seen',
  };
  const state = { from: 'on', map: { true: 'active', false: 'deactivated' } };
  const config = { name: 'app', connector: 'file', options: { path: file }, fields, state, dir: path.dirname(file) };
  const list = openFile('account', config, { redact: (text) => text, env: {}, pageConcurrency: 1 }).pull({
    signal: globalThis.AbortSignal.any([]),
  });
  let step = await list.next();
  for (; !step.done; step = await list.next());
  const { verdict, unique } = step.value;
  if (verdict !== 'consistent' || unique !== rows) throw new Error(`${verdict}: ${unique} of ${rows} rows`);
}

async function write(file) {
  const out = createWriteStream(`${file}.part`);
  const entries = [];
  let offset = 0;
  const put = async (bytes) => {
    offset += bytes.length;
    if (!out.write(bytes)) await once(out, 'drain');
  };
  const part = async (name, pieces) => {
    const entry = { name: Buffer.from(name), at: offset, crc: 0, packed: 0, size: 0 };
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(entry.name.length, 26);
    await put(Buffer.concat([head, entry.name]));
    const deflate = createDeflateRaw({ level: 1 });
    const done = (async () => {
      for await (const chunk of deflate) {
        entry.packed += chunk.length;
        await put(chunk);
      }
    })();
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      entry.size += bytes.length;
      entry.crc = crc32(bytes, entry.crc);
      if (!deflate.write(bytes)) await once(deflate, 'drain');
    }
    deflate.end();
    await done;
    const sizes = Buffer.alloc(16);
    [0x08074b50, entry.crc, entry.packed, entry.size].forEach((value, i) => sizes.writeUInt32LE(value, 4 * i));
    await put(sizes);
    entries.push(entry);
  };
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const links = (list) =>
    `<Relationships>${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  await part('_rels/.rels', [links([['a', 'officeDocument', 'xl/workbook.xml']])]);
  await part('xl/workbook.xml', [`<workbook xmlns:r="${office}"><sheets><sheet name="Users" sheetId="1" r:id="a"/></sheets></workbook>`]);
  await part('xl/_rels/workbook.xml.rels', [links([['a', 'worksheet', 'sheet.xml'], ['b', 'sharedStrings', 'texts.xml'], ['c', 'styles', 'styles.xml']])]); // prettier-ignore
  await part('xl/styles.xml', ['<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>']);
  await part('xl/texts.xml', texts());
  await part('xl/sheet.xml', sheet());
  const directory = entries.map(({ name, at, crc, packed, size }) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(8, 10);
    [crc, packed, size].forEach((value, i) => head.writeUInt32LE(value, 16 + 4 * i));
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(at, 42);
    return Buffer.concat([head, name]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  await put(Buffer.concat([...directory, end]));
  out.end();
  await once(out, 'finish');
  renameSync(`${file}.part`, file);
}

function* texts() {
  yield '<sst>';
  for (const name of ['uid', 'login', 'mail', 'name', 'department', 'on', 'seen', 'no']) yield `<si><t>${name}</t></si>`;
  for (let i = 0; i < rows; i += 100) {
    let piece = '';
    for (let k = i; k < Math.min(rows, i + 100); k++)
      piece += `<si><t>U${k}</t></si><si><t>person.${k}</t></si><si><t>person.${k}@corp.example</t></si><si><t>Person Number${k}</t></si>`;
    yield piece;
  }
  for (let i = 0; i < 40; i++) yield `<si><t>Department ${i}</t></si>`;
  yield '</sst>';
}

function* sheet() {
  const text = (cell, index) => `<c r="${cell}" t="s"><v>${index}</v></c>`;
  yield `<worksheet><sheetData><row r="1">${[...'ABCDEFGH'].map((letter, i) => text(`${letter}1`, i)).join('')}</row>`;
  for (let i = 0; i < rows; i += 100) {
    let piece = '';
    for (let k = i; k < Math.min(rows, i + 100); k++) {
      const row = k + 2;
      const own = [...'ABCD'].map((letter, at) => text(`${letter}${row}`, 8 + 4 * k + at)).join('');
      piece += `<row r="${row}">${own}${text(`E${row}`, 8 + 4 * rows + (k % 40))}<c r="F${row}" t="b"><v>${k % 7 === 0 ? 0 : 1}</v></c><c r="G${row}" s="1"><v>${(46023 + (k % 400_000) / 1440).toFixed(10)}</v></c><c r="H${row}"><v>${k}</v></c></row>`;
    }
    yield piece;
  }
  yield '</sheetData></worksheet>';
}
