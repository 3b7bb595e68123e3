import { expect, it } from 'vitest';
import { startFaultServer } from '../http/fault-server.js';
import { describeWithSlapd, startSlapd } from '../wire/slapd.js';
import { config, expectFailedSource, folder, SECRET } from './run.js';

const FILE = '{ connector: file, path: crm.csv }';
const directory = (url: string, dn: string, base: string): string =>
  config(
    FILE,
    `{ name: hr, connector: ldap, url: "${url}", bind_dn: "${dn}", password: "\${env:TOKEN}", base: "${base}", schema: inetorgperson }`,
  );

it('a dead port', async () => {
  const server = await startFaultServer([]);
  await server.close();
  const dir = await folder({ 'lifegap.yaml': directory(`ldap://127.0.0.1:${server.port}`, 'cn=x', 'dc=corp,dc=example') });
  const report = await expectFailedSource(dir, 'hr', /^hr: .*ECONNREFUSED/);
  expect(report.findings.filter((finding) => finding.class !== 'inconclusive')).toEqual([]);
});

describeWithSlapd('slapd', () => {
  it('a wrong password', async () => {
    const slapd = await startSlapd({ people: [{ uid: 'ada' }] });
    try {
      const dir = await folder({ 'lifegap.yaml': directory(slapd.url, slapd.bindDn, slapd.peopleBase) });
      await expectFailedSource(dir, 'hr', /^hr: .*(password|credential|bind)/i, { TOKEN: SECRET });
    } finally {
      await slapd.stop();
    }
  });
});
