import { leafName } from './dn.js';
import { firstText, texts } from './entry.js';
import type { Reading } from './schema.js';

/** The manager's id where the list holds the manager, else the DN as it stands. */
export const managerId: Reading = {
  needs: ['manager'],
  read: (entry, { idOf }) => {
    const dn = firstText(entry, 'manager');
    return dn === undefined ? undefined : (idOf(dn) ?? dn);
  },
};

/** Names of the groups, as people know them. A directory that keeps no memberOf tells nothing, which is not "in no group". */
export const groupNames: Reading = {
  needs: ['memberOf'],
  read: (entry) => (entry.values.has('memberof') ? texts(entry, 'memberof').map(leafName) : undefined),
};
