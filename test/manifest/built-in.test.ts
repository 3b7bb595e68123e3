import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import { catalogueManifest, catalogueNames } from '../../src/manifest/form/catalogue.js';
import { ColumnList } from '../../src/manifest/list/column-list.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import { planPasses } from '../../src/manifest/list/plan.js';
import { compileMapping } from '../../src/manifest/mapping/rows.js';
import type { Manifest } from '../../src/manifest/form/schema.js';
import { Problems } from '../../src/mapping/problems.js';
import type { FieldMap } from '../../src/model/config.js';

/** What the list of a manifest, or the first of several that has its fields, makes of one record. */
function rowOf(manifest: Manifest, record: unknown, fields: FieldMap = {}): Account {
  const [pass] = planPasses(manifest).filter(({ adds, name: list }) => !adds && list !== 'members');
  if (pass === undefined) throw new Error(`${manifest.name} has no rows`);
  const config = { name: 'app', connector: manifest.name, options: {}, fields, dir: '/' };
  return compileMapping('account', pass.mapping, config, new Problems())(record);
}

const gitlab = { id: 7, state: 'active', bot: false, name: 'Ada', identities: [], last_sign_in_at: null, current_sign_in_at: null };
const bot = { ...gitlab, bot: true };
const ghost = { ...gitlab, username: 'ghost', name: 'Ghost User', email: 'ghost@example.com' };
const crm = {
  Id: '005',
  Username: 'a@corp.example',
  IsActive: true,
  UserType: 'Standard',
  Profile: { Name: 'Standard User' },
  LastLoginDate: null,
};
const chatty = {
  ...crm,
  UserType: 'CsnOnly',
  Profile: { Name: 'Chatter Free User' },
  LastName: 'Chatter Expert',
  Username: 'chatty.00d.x@chatter.example',
};
const slack = { id: 'U1', name: 'slackbot', deleted: false, is_bot: false };

describe("the vendor's own accounts", () => {
  it.each<[string, string, object]>([
    ['gitlab', "GitLab's placeholder for deleted users", ghost],
    ['gitlab', "GitLab's placeholder for deleted users", { ...ghost, username: 'ghost1', bot: true }],
    ['gitlab', "GitLab's Service Desk", { ...bot, username: 'support-bot', name: 'GitLab Support Bot' }],
    ['gitlab', "GitLab's Service Desk", { ...bot, username: 'support-bot1', name: 'GitLab Support Bot' }],
    ['gitlab', "GitLab's alerts", { ...bot, username: 'alert-bot', name: 'GitLab Alert Bot' }],
    ['gitlab', "GitLab's administration", { ...bot, username: 'GitLab-Admin-Bot', name: 'GitLab Admin Bot', is_admin: true }],
    ['gitlab', "GitLab's code review", { ...bot, username: 'GitLabDuo', name: 'GitLab Duo' }],
    [
      'gitlab',
      "GitLab's visual review, of versions before 17",
      { ...bot, username: 'visual-review-bot', name: 'Gitlab Visual Review Bot' },
    ],
    ['salesforce', "Salesforce's automated process", { ...crm, UserType: 'AutomatedProcess', Profile: null }],
    ['salesforce', "Salesforce's platform integration", { ...crm, UserType: 'CloudIntegrationUser', Profile: null }],
    ['salesforce', 'the visitor of a site who has not signed in', { ...crm, UserType: 'Guest' }],
    ['salesforce', "Salesforce's analytics integration", { ...crm, Profile: { Name: 'Analytics Cloud Integration User' } }],
    ['salesforce', "Salesforce's analytics security", { ...crm, Profile: { Name: 'Analytics Cloud Security User' } }],
    ['salesforce', "Salesforce's Chatter Expert", chatty],
    ['slack', "Slack's own Slackbot", { ...slack, id: 'USLACKBOT' }],
    ['github', "GitHub's placeholder for deleted accounts", { id: 10137, login: 'ghost', type: 'User' }],
    ['github', 'the account of a GitHub App', { id: 8, login: 'deploys[bot]', type: 'Bot' }],
    [
      'atlassian',
      'the account of an app that is installed',
      { accountId: '557058:1', accountType: 'app', name: 'Automation', status: 'active' },
    ],
    ['tableau', "Tableau's visitor who has not signed in", { id: 'g', name: 'guest', siteRole: 'Guest' }],
    ['snowflake', "Snowflake's own user of before 2025", { name: 'SNOWFLAKE', disabled: false, last_successful_login: null }],
    [
      'entra',
      'the synchronisation of Entra Connect',
      {
        id: 's',
        displayName: 'On-Premises Directory Synchronization Service Account',
        userPrincipalName: 'Sync_DC1_0f@corp.example',
        accountEnabled: true,
      },
    ],
    ['mattermost', "Mattermost's own messages", { id: 'b', username: 'system-bot', is_bot: true, roles: 'system_user', delete_at: 0 }],
    ['zabbix', "Zabbix' visitor who has not signed in", { userid: '2', username: 'guest', users_status: '1' }],
    ['zabbix', "Zabbix' visitor who has not signed in", { userid: '2', alias: 'guest', users_status: '1' }],
    ['servicenow', "ServiceNow's visitor who has not signed in", { sys_id: '5136503cc611227c0183e96598c4f706', user_name: 'guest' }],
  ])('of %s: %s', (name, why, record) => {
    expect(rowOf(catalogueManifest(name), record).builtIn).toBe(why);
  });

  it.each<[string, object]>([
    // People who are called so, who call themselves so, and bots and integrations of one's own.
    ['gitlab', { ...gitlab, username: 'casper.ghost', name: 'Casper Ghost' }],
    ['gitlab', { ...gitlab, username: 'ghost', name: 'Gregory Host' }],
    ['gitlab', { ...gitlab, username: 'ghostwriter', name: 'Ghost User' }],
    ['gitlab', { ...ghost, last_sign_in_at: '2026-11-01T08:00:00Z' }],
    ['gitlab', { ...ghost, current_sign_in_at: '2026-11-01T08:00:00Z' }],
    ['gitlab', { ...ghost, identities: [{ provider: 'saml', extern_uid: 'ghost@corp.example' }] }],
    ['gitlab', { ...gitlab, username: 'support-bot', name: 'GitLab Support Bot' }],
    ['gitlab', { ...bot, username: 'project_7_bot_4ffca2', name: 'deploy' }],
    ['gitlab', { ...bot, username: 'support-bot', name: 'Our support' }],
    ['salesforce', { ...crm, FirstName: 'Integration', LastName: 'User', Username: 'integration@00d.example' }],
    ['salesforce', { ...crm, FirstName: 'Automated', LastName: 'Process' }],
    ['salesforce', { ...crm, Profile: { Name: 'Salesforce API Only System Integrations' } }],
    ['salesforce', { ...chatty, Username: 'chatter.expert@corp.example' }],
    ['salesforce', { ...chatty, LastName: 'Expert' }],
    ['salesforce', { ...chatty, LastLoginDate: '2026-11-01T08:00:00.000+0000' }],
    ['slack', slack],
    ['slack', { ...slack, is_bot: true }],
    ['mattermost', { id: 'u', username: 'system-bot', is_bot: false, roles: 'system_user', delete_at: 0 }],
    ['mattermost', { id: 'b', username: 'deploys', is_bot: true, roles: 'system_user', delete_at: 0 }],
    ['github', { id: 7, login: 'ghost', type: 'User' }],
    ['github', { id: 10137, login: 'casper', type: 'User' }],
    ['atlassian', { accountId: '1', accountType: 'atlassian', name: 'Automation', status: 'active' }],
    ['tableau', { id: 'g', name: 'guest', siteRole: 'Viewer' }],
    ['snowflake', { name: 'SNOWFLAKE', disabled: false, last_successful_login: '2026-11-01T08:00:00Z' }],
    ['entra', { id: 's', displayName: 'On-Premises Directory Synchronization Service Account', userPrincipalName: 'eve@corp.example' }],
    ['entra', { id: 's', displayName: 'Sync', userPrincipalName: 'Sync_me@corp.example' }],
    ['zabbix', { userid: '9', username: 'guest2', users_status: '0' }],
    ['servicenow', { sys_id: '6816f79cc0a8016401c5a33be04be441', user_name: 'guest', active: true }],
  ])('are none of %s: %j', (name, record) => {
    expect(rowOf(catalogueManifest(name), record).builtIn).toBeUndefined();
  });

  it("are said in one word of the manifest, for a system of one's own, too", () => {
    const own = parseManifest(
      `name: small\ntitle: Small\nkind: app\npermission: none\nleavers: listed\nbase_url: https://small.example\nauth: none\nrequest: { path: users }\nrecords: .
fields: { id: id, userName: login }
status: { const: active }
built_in:
  - { when: { origin: system, login: [cron, sync] }, why: runs the jobs of the night }
`,
      'small.yaml',
    );
    expect(rowOf(own, { id: 1, login: 'cron', origin: 'system' }).builtIn).toBe('runs the jobs of the night');
    expect(rowOf(own, { id: 1, login: 'cron', origin: 'invited' }).builtIn).toBeUndefined();
    // lifegap.yaml may take it back.
    expect(rowOf(own, { id: 1, login: 'cron', origin: 'system' }, { builtIn: null }).builtIn).toBeUndefined();
    expect(rowOf(own, { id: 1, login: 'cron', nightly: true }, { builtIn: 'nightly' }).builtIn).toBe('the app says so');
    expect(rowOf(own, { id: 1, login: 'cron', nightly: false }, { builtIn: 'nightly' }).builtIn).toBeUndefined();
  });

  it('do not keep a list from being read by the column', () => {
    for (const name of catalogueNames()) {
      const { built_in: own, ...others } = catalogueManifest(name);
      const config = { name, connector: name, options: {}, fields: {}, dir: '/' };
      const isRead = (manifest: Manifest): boolean => ColumnList.open('account', manifest, planPasses(manifest), config) !== undefined;
      expect(isRead(catalogueManifest(name)), name).toBe(isRead(others));
      if (['salesforce', 'slack', 'servicenow', 'rt'].includes(name))
        expect([own !== undefined, isRead(others)], name).toEqual([true, true]);
    }
  });
});
