import type { AppPast } from '../model/past.js';
import { joiners } from './joiners.js';
import { goneBefore, leavers } from './leavers.js';
import { movers } from './movers.js';
import type { Observed } from './observed.js';
import { sceneOf, type Today } from './scene.js';

/** What history saw happen, and what one app made of it: in the order of the people, none of it from one audit alone. */
export function observe(past: AppPast, today: Today): Observed[] {
  const observed: Observed[] = [];
  // One list shows no change.
  if (past.lists.length < 2) return observed;
  for (const { person, accounts } of past.people) {
    const scene = sceneOf(past, person, accounts, today);
    observed.push(...joiners(scene), ...movers(scene), ...goneBefore(scene), ...leavers(scene));
  }
  return observed;
}
