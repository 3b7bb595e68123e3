// The little of Express that the wire tests use; Express 4 and 5 come without types of their own.
declare module 'express' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  interface App {
    (request: IncomingMessage, response: ServerResponse): void;
    use(path: string, handler: unknown): void;
  }
  export default function express(): App;
}
declare module 'express4' {
  export { default } from 'express';
}
