import { BerWriter, Control, PagedResultsControl } from 'ldapts';

/**
 * The paged results control (RFC 2696) as a request. Critical, so that a server that cannot page says so. ldapts' own class
 * cannot be handed to a search: the library pages by itself then, and takes a page without entries for the end of the list,
 * whatever its cookie says.
 */
export class PageRequest extends Control {
  constructor(
    readonly size: number,
    readonly cookie: Buffer,
  ) {
    super(PagedResultsControl.type, { critical: true });
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.size);
    value.writeBuffer(this.cookie, 0x04);
    value.endSequence();
    writer.writeBuffer(value.buffer, 0x04);
  }
}
