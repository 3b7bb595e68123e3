import type { SourceConfig } from '../../config/config.js';
import type { IdentityProvider } from '../../model/assignment.js';
import { UsageError } from '../../model/errors.js';
import { realWorld } from '../http/world.js';
import type { OpenProvider } from '../sources.js';
import { readAssignments } from './assignments.js';
import { manifestOf } from './catalogue.js';
import { readProvisioning } from './provisioning.js';
import type { Reading } from './read-pages.js';
import { openWires } from './wires.js';

/** A directory, asked what it knows of the apps below it. Its connections are its own; the caller closes it. */
export const openProvider: OpenProvider = (config: SourceConfig, context): IdentityProvider => {
  const manifest = manifestOf(config);
  const { assignments, provisioning } = manifest;
  if (assignments === undefined && provisioning === undefined)
    throw new UsageError(`${config.name}: ${manifest.title} tells nothing of the apps that people are assigned to; leave \`assigned\` out`);
  const { asker, values, clients } = openWires(config, context, manifest, realWorld);
  const reading = (signal: AbortSignal): Reading => ({ system: config.name, asker, signal, firstPageOnly: false });
  return {
    ...(assignments === undefined ? {} : { assignments: (app, signal) => readAssignments(assignments, app, values, reading(signal)) }),
    ...(provisioning === undefined ? {} : { provisioning: (app, signal) => readProvisioning(provisioning, app, values, reading(signal)) }),
    close: async () => {
      await Promise.all(clients.map((http) => http.close()));
    },
  };
};
