import { crc32, deflateRawSync } from 'node:zlib';

/** How an archive is written: well, unless said otherwise. */
export interface ZipForm {
  readonly stored?: boolean;
  /** Sizes behind each part, as who writes to a pipe does. */
  readonly descriptors?: boolean;
  readonly zip64?: boolean;
  /** Changes the entry in the directory, by name. */
  readonly lie?: (name: string, central: Buffer, local: Buffer) => void;
  readonly twice?: string;
}

export function zip(parts: Readonly<Record<string, string | Buffer>>, form: ZipForm = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const names = [...Object.keys(parts), ...(form.twice === undefined ? [] : [form.twice])];
  for (const name of names) {
    const content = Buffer.from(parts[name] ?? '');
    const data = form.stored === true ? content : deflateRawSync(content);
    const path = Buffer.from(name);
    const sizes = [crc32(content), data.length, content.length] as const;
    const flags = form.descriptors === true ? 8 : 0;
    const wide = form.zip64 === true;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(form.stored === true ? 0 : 8, 8);
    if (flags === 0) sizes.forEach((value, i) => local.writeUInt32LE(value, 14 + 4 * i));
    local.writeUInt16LE(path.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(flags, 8);
    local.copy(central, 10, 8, 10);
    sizes.forEach((value, i) => central.writeUInt32LE(value, 16 + 4 * i));
    central.writeUInt16LE(path.length, 28);
    central.writeUInt32LE(offset, 42);
    const extra = wide ? extra64(central, sizes, offset) : Buffer.alloc(0);
    central.writeUInt16LE(extra.length, 30);
    form.lie?.(name, central, local);
    const descriptor = Buffer.alloc(flags === 0 ? 0 : 16);
    if (flags !== 0) [0x08074b50, ...sizes].forEach((value, i) => descriptor.writeUInt32LE(value, 4 * i));
    files.push(local, path, data, descriptor);
    directory.push(central, path, extra);
    offset += 30 + path.length + data.length + descriptor.length;
  }
  const length = directory.reduce((sum, { length: one }) => sum + one, 0);
  return Buffer.concat([...files, ...directory, end(names.length, offset, length, form.zip64 === true)]);
}

function extra64(central: Buffer, [, packed, size]: readonly [number, number, number], offset: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  [size, packed, offset].forEach((value, i) => extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i));
  for (const at of [20, 24, 42]) central.writeUInt32LE(0xffffffff, at);
  return extra;
}

function end(count: number, offset: number, length: number, wide: boolean): Buffer {
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(wide ? 0xffff : count, 8);
  last.writeUInt16LE(wide ? 0xffff : count, 10);
  last.writeUInt32LE(wide ? 0xffffffff : length, 12);
  last.writeUInt32LE(wide ? 0xffffffff : offset, 16);
  if (!wide) return last;
  const end64 = Buffer.alloc(76);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(length), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  end64.writeUInt32LE(0x07064b50, 56);
  end64.writeBigUInt64LE(BigInt(offset + length), 64);
  end64.writeUInt32LE(1, 72);
  return Buffer.concat([end64, last]);
}

/** A cell as XML, or a text that stands in the cell itself, or nothing. */
export type CellXml = { readonly xml: string } | string | undefined;

export interface BookForm {
  readonly sheets?: readonly { readonly name: string; readonly state?: string; readonly rows: readonly (readonly CellXml[])[] }[];
  /** Content of `sheetData`, instead of rows. */
  readonly data?: string;
  readonly sheet?: string;
  readonly strings?: string;
  readonly formats?: readonly string[];
  readonly workbook?: string;
  readonly strict?: boolean;
  readonly prefix?: string;
  readonly absolute?: boolean;
  readonly more?: Readonly<Record<string, string>>;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');
}

function rowsXml(rows: readonly (readonly CellXml[])[]): string {
  const cell = (value: CellXml): string => {
    if (value === undefined) return '<c/>';
    if (typeof value === 'object') return value.xml;
    return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  };
  return rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('\n');
}

/** The parts of a workbook. */
export function book(form: BookForm): Record<string, string> {
  const office =
    form.strict === true ? 'http://purl.oclc.org/ooxml/officeDocument' : 'http://schemas.openxmlformats.org/officeDocument/2006';
  const main =
    form.strict === true ? 'http://purl.oclc.org/ooxml/spreadsheetml/main' : 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const links = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`;
  const link = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/relationships/${type}" Target="${target}"/>`;
  const at = form.absolute === true ? '/xl/' : '';
  const sheets = form.sheets ?? [{ name: 'Users', rows: [] }];
  const p = form.prefix === undefined ? '' : `${form.prefix}:`;
  const ns = form.prefix === undefined ? `xmlns="${main}"` : `xmlns:${form.prefix}="${main}"`;
  const named = (xml: string): string => (p === '' ? xml : xml.replace(/<(\/?)(?=[a-zA-Z])/g, `<$1${p}`));
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${head}<Relationships ${links}>${link('rId1', 'officeDocument', form.absolute === true ? '/xl/workbook.xml' : 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${head}<${p}workbook ${ns} xmlns:r="${office}/relationships">${form.workbook ?? ''}<${p}sheets>${sheets
      .map(
        ({ name, state }, i) =>
          `<${p}sheet name="${escapeXml(name)}" sheetId="${i + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${i + 1}"/>`,
      )
      .join('')}</${p}sheets></${p}workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships ${links}>${sheets.map((_, i) => link(`rId${i + 1}`, 'worksheet', `${at}worksheets/sheet${i + 1}.xml`)).join('')}${
      form.strings === undefined ? '' : link('rId90', 'sharedStrings', `${at}sharedStrings.xml`)
    }${form.formats === undefined ? '' : link('rId91', 'styles', `${at}styles.xml`)}</Relationships>`,
  };
  sheets.forEach(({ rows }, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      (i === 0 ? form.sheet : undefined) ??
      `${head}<${p}worksheet ${ns}>${named(`<sheetPr/><sheetData>${(i === 0 ? form.data : undefined) ?? rowsXml(rows)}</sheetData><pageMargins left="0.7"/>`)}</${p}worksheet>`;
  });
  if (form.strings !== undefined) parts['xl/sharedStrings.xml'] = `${head}<${p}sst ${ns}>${named(form.strings)}</${p}sst>`;
  if (form.formats !== undefined) {
    const formats = form.formats
      .map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${escapeXml(code).replaceAll('"', '&quot;')}"/>`)
      .join('');
    const xfs = form.formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join('');
    parts['xl/styles.xml'] =
      `${head}<styleSheet xmlns="${main}"><numFmts>${formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs}</cellXfs></styleSheet>`;
  }
  return { ...parts, ...form.more };
}

export function workbook(form: BookForm, archive?: ZipForm): Buffer {
  return zip(book(form), archive);
}

/** A workbook with one sheet of these rows. */
export function sheetOf(rows: readonly (readonly CellXml[])[], form: BookForm = {}): Buffer {
  return workbook({ ...form, sheets: [{ name: 'Users', rows }] });
}
