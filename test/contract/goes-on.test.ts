import { describe, expect, it } from 'vitest';
import { placeOfMore, placeOfNext } from '../../src/contract/goes-on.js';

describe('a document that goes on', () => {
  it.each([
    [{ next: 'https://x/?page=2' }, 'next'],
    [{ users: [], nextPageToken: 'abc' }, 'nextPageToken'],
    [{ links: { next: 'https://x' } }, 'links.next'],
    [{ _links: { next: { href: '/users?p=2' } } }, '_links.next'],
    [{ response_metadata: { next_cursor: 'dXNlcjpV' } }, 'response_metadata.next_cursor'],
    [{ meta: { next_page: 2 } }, 'meta.next_page'],
    [{ '@odata.nextLink': 'https://x' }, '@odata.nextLink'],
    [{ members: [], has_more: true }, 'has_more'],
    [{ values: [], isLast: false }, 'isLast'],
    [{ Users: [], IsTruncated: true, Marker: 'x' }, 'IsTruncated'],
    [{ items: [], incomplete_results: true }, 'incomplete_results'],
    [{ timed_out: true, hits: {} }, 'timed_out'],
    [{ total: { value: 10_000, relation: 'gte' }, hits: [] }, 'total.relation'],
    [{ records: [], done: false, nextRecordsUrl: '/query/x-2000' }, 'done'],
    [{ nodes: [], pageInfo: { hasNextPage: true, endCursor: 'x' } }, 'pageInfo.hasNextPage'],
    [{ meta: { pagination: { links: { next: 'https://x' } } } }, 'meta.pagination.links.next'],
    [
      {
        items: [],
        links: [
          { rel: 'self', href: 'https://x' },
          { rel: 'next', href: 'https://x?p=2' },
        ],
      },
      'links.next',
    ],
    [{ results: [], paging: { next: { after: '100' } } }, 'paging.next'],
    [
      { data: [], additional_data: { pagination: { more_items_in_collection: true } } },
      'additional_data.pagination.more_items_in_collection',
    ],
    [{ Users: [], PaginationToken: 'x' }, 'PaginationToken'],
  ])('says so: %j', (document, place) => expect(placeOfNext(document)).toBe(place));

  it.each([
    [{ links: { next: null, self: 'https://x' } }],
    [{ next: '', next_page: false }],
    [{ response_metadata: { next_cursor: '' } }],
    [{ next: [{ id: 1 }] }],
    [{ has_more: false, isLast: true, last: true, done: true, IsTruncated: false, nextOffset: 0 }],
    [{ pageInfo: { hasNextPage: false, endCursor: 'x' } }],
    [{ links: [{ rel: 'self', href: 'https://x' }] }],
    [{ user: { next: 'a field of somebody' }, last: 'One', complete: 'yes' }],
    [{ links: 'https://x' }],
    [[{ next: 'a field of a row' }]],
    [null],
    ['next'],
  ])('does not: %j', (document) => expect(placeOfNext(document)).toBeUndefined());
});

describe('a document of two rows', () => {
  it.each([
    [{ total: 250 }, 'total: 250'],
    [{ meta: { pagination: { total: 250, count: 2, total_pages: 125 } } }, 'meta.pagination.total: 250'],
    [{ page: { size: 2, totalElements: 57, totalPages: 29 } }, 'page.totalElements: 57'],
    [{ page: 1, total_pages: 4 }, 'total_pages: 4'],
    [{ count: 120, next_page: null }, 'count: 120'],
    [{ total: { value: 500, relation: 'eq' } }, 'total.value: 500'],
    [{ current_page: 1, last_page: 4 }, 'last_page: 4'],
  ])('says that there are more: %j', (document, place) => expect(placeOfMore(document, 2)).toBe(place));

  it.each([
    [{ total: 2 }],
    [{ total: { value: 2, relation: 'eq' } }],
    [{ total: { relation: 'eq' } }],
    [{ count: 2, total_pages: 1 }],
    // Pages that somebody has put together.
    [{ total: 2, per_page: 1, total_pages: 2 }],
    [{ total: '250', page: 3, per_page: 100, size: 50, limit: 50 }],
    [{ licences: { total: 250 } }],
    [[{ total: 250 }]],
  ])('says no such thing: %j', (document) => expect(placeOfMore(document, 2)).toBeUndefined());
});
