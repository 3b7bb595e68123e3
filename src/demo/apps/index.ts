import type { Company } from '../lifecycle.js';
import type { AppMaker, DemoApp } from './account.js';
import { chat } from './chat.js';
import { devhub } from './devhub.js';
import { drive } from './drive.js';
import { expenses } from './expenses.js';
import { learning } from './learning.js';
import { planner } from './planner.js';
import { tickets } from './tickets.js';
import { wiki } from './wiki.js';

/** Every app of the company, each of a different temper. A further one is one file and one word here. */
const MAKERS: readonly AppMaker[] = [chat, tickets, wiki, expenses, learning, devhub, drive, planner];

export function appsOf(company: Company): DemoApp[] {
  return MAKERS.map((make) => make(company));
}
