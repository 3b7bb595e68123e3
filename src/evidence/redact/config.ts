import type { AppConfig, Config, DirectoryConfig, LogConfig } from '../../model/config.js';
import type { Account } from '../../model/account.js';
import type { Person } from '../../model/person.js';
import { STAGES, type AddressRules, type Lifecycle } from '../../model/policy.js';
import { redactFilter, type Flags } from './filters.js';
import type { Pseudonyms } from './pseudonyms.js';
import { WITHHELD } from './withheld.js';

/** Without mappings (their tables and constants are free text), and with every name in it replaced; the accepted findings stay as they are. */
export function redactConfig(
  config: Config,
  pseudonyms: Pseudonyms,
  people: Flags<Person>,
  accounts: (app: string) => Flags<Account>,
): Config {
  const { addresses, ...policy } = config.policy;
  const bare = { options: {}, fields: {}, dir: '' };
  const source = ({ name, connector, log: own }: DirectoryConfig): DirectoryConfig => ({
    name,
    connector,
    ...bare,
    ...(own === undefined ? {} : { log: own }),
  });
  // An export may be named after somebody: as its names are those of systems, they are kept.
  const log = ({ dates: _dates, ...given }: LogConfig): LogConfig => ({ ...given, ...bare });
  const app = ({ state: _state, ...given }: AppConfig): AppConfig => ({
    ...given,
    ...bare,
    ...(given.logs === undefined ? {} : { logs: given.logs.map(log) }),
    ...(given.expected === undefined ? {} : { expected: redactFilter(given.expected, pseudonyms, people) }),
    ...(given.allowed === undefined ? {} : { allowed: redactFilter(given.allowed, pseudonyms, people) }),
    lifecycle: redactLifecycle(given.lifecycle, pseudonyms),
    accounts: given.accounts.map(({ match, owner, reason, ...entry }) => ({
      ...entry,
      match: redactFilter(match, pseudonyms, accounts(given.name)),
      ...(owner === undefined ? {} : { owner: pseudonyms.value(owner) }),
      ...(reason === undefined ? {} : { reason: WITHHELD }),
    })),
  });
  return {
    ...config,
    policy: { ...policy, ...(addresses === undefined ? {} : { addresses: redactAddresses(addresses, pseudonyms) }) },
    directory: config.directory.map(source),
    apps: config.apps.map(app),
    warnings: [],
  };
}

function redactAddresses({ plus, dots, same }: AddressRules, pseudonyms: Pseudonyms): AddressRules {
  // Rules are compared in lower case.
  const domain = (name: string): string => pseudonyms.domain(name.toLowerCase());
  return {
    plus: new Set([...plus].map(domain)),
    dots: new Set([...dots].map(domain)),
    same: new Map([...same].map(([name, to]) => [domain(name), domain(to)])),
  };
}

function redactLifecycle(lifecycle: Lifecycle, pseudonyms: Pseudonyms): Lifecycle {
  const stages = STAGES.flatMap((stage) => {
    const given = lifecycle[stage];
    if (given === undefined) return [];
    const { owner, control } = given;
    return [
      [
        stage,
        {
          ...given,
          ...(owner === undefined ? {} : { owner: pseudonyms.value(owner) }),
          ...(control === undefined ? {} : { control: WITHHELD }),
        },
      ],
    ];
  });
  return Object.fromEntries(stages) as Lifecycle;
}
