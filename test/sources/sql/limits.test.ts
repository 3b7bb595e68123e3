import { describe, expect, it } from 'vitest';
import { limitsIn } from '../../../src/sources/sql/limits.js';

describe('the limits in a query', () => {
  it.each([
    ['select id from users', []],
    ['select id from users limit 5000', [5000]],
    ['select id from users LIMIT 20 offset 40', [20]],
    ['select id from users limit 40, 20', [20]],
    ['select top 100 id from users', [100]],
    ['select top (100) id from users', [100]],
    ['select id from users order by id offset 0 rows fetch next 50 rows only', [50]],
    ['select id from users fetch first 50 rows only', [50]],
    ['select id from users where rownum <= 1000', [1000]],
    ['select id from users where rownum < 1001', [1000]],
    ['select speed_limit, stop, 5 from users', []],
    ['select id, (select at from logins l where l.id = u.id limit 1) from users u limit 9', [1, 9]],
  ])('%s: %j', (query, limits) => {
    expect([...limitsIn(query)]).toEqual(limits);
  });
});
