import type { SourceConfig } from '../../model/config.js';
import type { IdentityProvider } from '../../model/assignment.js';
import { UsageError } from '../../model/errors.js';
import { realWorld } from '../../http/world.js';
import type { OpenProvider, SourceContext } from '../../contract/system.js';
import { readAssignments } from './assignments.js';
import { manifestOf } from '../form/catalogue.js';
import { readProvisioning } from './provisioning.js';
import type { Reading } from '../ask/read-pages.js';
import type { Manifest } from '../form/schema.js';
import { openWires } from '../ask/wires.js';

/** A directory, asked what it knows of the apps below it. Its connections are its own; the caller closes it. */
export const openProvider: OpenProvider = (config, context) => manifestProvider(config, context, manifestOf(config));

/** As `openProvider`, with a manifest of one's own. */
export function manifestProvider(config: SourceConfig, context: SourceContext, manifest: Manifest): IdentityProvider {
  const { assignments, provisioning } = manifest;
  if (assignments === undefined && provisioning === undefined)
    throw new UsageError(`${config.name}: ${manifest.title} tells nothing of the apps that people are assigned to; leave \`assigned\` out`);
  const { asker, values, clients } = openWires(config, context, manifest, realWorld);
  const reading = (signal: AbortSignal, isTrial = false): Reading => ({
    system: config.name,
    asker,
    signal,
    ...(isTrial ? { firstPages: 1 } : {}),
  });
  return {
    ...(assignments === undefined
      ? {}
      : {
          assignments: (app, signal, trial) =>
            readAssignments(assignments, app, values, reading(signal, trial?.firstPageOnly), trial?.onRaw),
        }),
    ...(provisioning === undefined ? {} : { provisioning: (app, signal) => readProvisioning(provisioning, app, values, reading(signal)) }),
    close: async () => {
      await Promise.all(clients.map((http) => http.close()));
    },
  };
}
