import { SourceError } from '../model/errors.js';
import type { SourceContext } from './system.js';

/** Asks whose the credential is, where somebody wants to know. Whatever goes wrong is a remark: the list does not depend on it. */
export async function tellPrincipal(tell: SourceContext['onPrincipal'], ask: () => Promise<string | undefined>): Promise<void> {
  if (tell === undefined) return;
  try {
    const id = await ask();
    tell(id === undefined ? { remark: 'the system does not say whose the credential is' } : { id });
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    tell({ remark: error.message });
  }
}
