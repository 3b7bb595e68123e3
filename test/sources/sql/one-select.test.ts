import { describe, expect, it } from 'vitest';
import { oneSelect } from '../../../src/sources/sql/one-select.js';

const given = (query: string) => (): void => oneSelect({ system: 'crm', query });

describe('a query for a server that would take several statements', () => {
  it.each([
    'select id from users',
    'select count(*) from (select id from users where (a = 1 or b = 2)) t',
    "select ';)' as a, 'it''s ;' as b from users",
    'select ")" as a, "a "";" as b, [;)] as c, [a]];] as d from users',
    'select id -- ; and )\r\nfrom users /* ; ) */ /**/ /***/',
  ])('passes: %s', (query) => {
    expect(given(query)).not.toThrow();
  });

  it.each([
    'select id from users; drop table users',
    'select id from users) t; drop table users --',
    'select id from users) t delete from users where (1 = 1',
    "select 'a'';' from users; delete from users",
    'select id -- \n; delete from users',
    'select id /* */; delete from users',
    'select [a];',
  ])('stops: %s', (query) => {
    expect(given(query)).toThrow('crm: query is more than one SELECT; write one, without a semicolon');
  });

  it.each([
    // There the remark ends behind the second end, and all of the rest is run; here a text would have begun.
    "select id from users /* /* */ ' */ ) t; drop table users -- '",
    "select id from users -- '\r) t; drop table users -- '",
    'select id from users /* ',
  ])('stops what the server may see otherwise: %j', (query) => {
    expect(given(query)).toThrow('crm: query has a remark within a remark, or a line that ends with CR alone; take it away');
  });

  it.each(['select id from (users', 'select (id from users'])('stops what does not close: %s', (query) => {
    expect(given(query)).toThrow('crm: the parentheses of query do not close; correct it');
  });
});
