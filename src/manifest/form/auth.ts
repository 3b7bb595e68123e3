import { z } from 'zod';
import { headers, path, place, request, template } from './parts.js';

const clientAuth = z.enum(['basic', 'body']).optional().describe('How the token endpoint learns client_id and client_secret; default body');
const tokenAnswer = {
  token_path: path.optional().describe('Where the token stands in the answer; default access_token'),
  header: z.string().optional().describe('Header that carries the token; default Authorization'),
  prefix: z.string().optional().describe('What stands before the token in that header; default "Bearer "'),
};

const forms = z.strictObject({
  bearer: template.optional().describe('Authorization: Bearer ...'),
  headers: headers.optional().describe('Header -> template: "SSWS ${token}", "Token token=${token}"; several for Datadog'),
  query: z.record(z.string(), template).optional().describe('Parameters of every request; never shown'),
  basic: z.strictObject({ username: template, password: template }).optional().describe('RFC 7617'),
  oauth2_client: z
    .strictObject({
      token_url: template,
      client_id: template,
      client_secret: template,
      scope: template.optional(),
      audience: template.optional(),
      grant_type: z.string().optional().describe('Default client_credentials; Zoom wants account_credentials'),
      params: z.record(z.string(), template).optional(),
      client_auth: clientAuth,
      ...tokenAnswer,
    })
    .optional()
    .describe('RFC 6749 section 4.4'),
  oauth2_refresh: z
    .strictObject({
      token_url: template,
      client_id: template,
      client_secret: template.optional(),
      refresh_token: template,
      scope: template.optional(),
      client_auth: clientAuth,
      ...tokenAnswer,
    })
    .optional()
    .describe('RFC 6749 section 6'),
  login: z
    .strictObject({
      request,
      values: z
        .record(z.string().regex(/^[a-z][a-z0-9_]*$/), place)
        .describe('Name -> path in the answer, or { header: name }: ${login.NAME} from then on'),
      headers: headers.describe('What every request then carries: "X-Tableau-Auth: ${login.token}"'),
    })
    .optional()
    .describe('One request that signs in, below base_url'),
  jwt_bearer: z
    .strictObject({
      token_url: template,
      key: template.describe('PEM private key'),
      key_id: template.optional(),
      issuer: template,
      subject: template.optional().describe('The user to act for (domain-wide delegation)'),
      audience: template.optional().describe('Default: token_url'),
      scope: template.optional(),
      algorithm: z.enum(['RS256', 'ES256']).optional(),
      ...tokenAnswer,
    })
    .optional()
    .describe('RFC 7523: a signed assertion for a token'),
  hmac: z
    .strictObject({
      username: template.describe('User name of HTTP Basic; the password is the signature, in hexadecimal digits'),
      secret: template,
      algorithm: z.enum(['sha1', 'sha256', 'sha512']),
      lines: z
        .array(z.enum(['date', 'method', 'host', 'path', 'query', 'body', 'nothing']))
        .min(1)
        .describe(
          'What is signed, a line each: the header Date, the method, host, path, the sorted query, the hash of the body; nothing: the hash of nothing',
        ),
    })
    .optional()
    .describe('A signature of each request (RFC 2104) as a password (Duo)'),
  sigv4: z
    .strictObject({
      access_key_id: template,
      secret_access_key: template,
      session_token: template.optional(),
      region: template,
      service: z.string(),
    })
    .optional()
    .describe('AWS Signature Version 4'),
});

/** `none`, or exactly one of the forms. */
export const auth = z.union(
  [
    z.literal('none'),
    forms.refine((given) => Object.keys(given).length === 1, `expected exactly one of ${Object.keys(forms.shape).join(', ')}`),
  ],
  'expected none, or one form of auth such as { bearer: "${token}" }',
);
export type Auth = z.output<typeof auth>;
