import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const CONFIG = `directory: { name: hr, connector: file, path: hr.csv }
apps:
  aws: { connector: aws-iam, base_url: "\${env:ORIGIN}", access_key_id: AKIATEST, secret_access_key: "\${env:SECRET}", match: [userName=id] }
`;
const hr = { 'hr.csv': csv('id,email,state,endAt', 'ada,ada@corp.example,active,', 'ben,ben@corp.example,terminated,2026-09-30') };

/** As IAM answers, whatever it is asked to accept: the query protocol knows XML alone. */
const iam =
  (answers: Readonly<Record<string, string>>): Vendor =>
  ({ query }) => {
    const action = query.get('Action') ?? '';
    const of = query.get('UserName') ?? query.get('Marker') ?? '';
    const result = answers[`${action} ${of}`.trim()];
    if (result === undefined) return undefined;
    const xml = `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;
    return { headers: { 'content-type': 'text/xml' }, text: result.startsWith('<Error>') ? `<ErrorResponse>${result}</ErrorResponse>` : xml, status: result.startsWith('<Error>') ? 403 : 200 }; // prettier-ignore
  };
const user = (name: string, used = ''): string => `<member><Path>/</Path><UserName>${name}</UserName><UserId>AIDA${name}</UserId><CreateDate>2019-01-01T08:00:00Z</CreateDate>${used}</member>`; // prettier-ignore
const more = (marker: string): string => `<IsTruncated>true</IsTruncated><Marker>${marker}</Marker>`;
const key = (status: string): string => `<AccessKeyMetadata><member><UserName>ben</UserName><AccessKeyId>AKIA1</AccessKeyId><Status>${status}</Status><CreateDate>2020-01-01T08:00:00Z</CreateDate></member></AccessKeyMetadata>`; // prettier-ignore
const users = {
  ListUsers: `<Users>${user('ada')}</Users>${more('m1')}`,
  'ListUsers m1': `<Users>${user('ben', '<PasswordLastUsed>2026-09-01T08:00:00Z</PasswordLastUsed>')}</Users><IsTruncated>false</IsTruncated>`,
  'ListAccessKeys ada': '<IsTruncated>false</IsTruncated><AccessKeyMetadata/>',
};

describe('AWS IAM, which answers in XML', () => {
  it.each([
    ['Active', 'critical'],
    ['Inactive', 'high'],
    ['Expired', 'high'],
  ])('is read page by page, with keys that are %s', async (status, severity) => {
    const report = await audited(CONFIG, hr, iam({ ...users, 'ListAccessKeys ben': `<IsTruncated>false</IsTruncated>${key(status)}` }));
    expect(verdicts(report)).toEqual([`AIDAben orphaned:owner-terminated ${severity}`]);
    expect(report.apps[0]?.completeness.verdict).toBe('consistent');
  });

  it.each([
    ['says what is missing where a permission is', { ListUsers: '<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error>' }, /allow iam:ListUsers/],
    ['fails where the answer is another one', { ListUsers: '<Groups/>' }, /holds no list at ListUsersResponse/],
  ])('%s', async (_, answers, message) => {
    const report = await audited(CONFIG, hr, iam(answers));
    expect(report.apps[0]?.error).toMatch(message);
    expect(report.apps[0]?.completeness.verdict).toBe('unproven');
  }); // prettier-ignore
});
