import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface ConnectProxy {
  readonly port: number;
  /** One line per CONNECT: what it asked for. */
  readonly tunnels: string[];
  /** Everything that reached the proxy itself in clear: request lines and headers. */
  readonly heard: string[];
  close(): Promise<void>;
}

/** A CONNECT proxy on loopback. Every tunnel ends at `targetPort` on loopback, whatever name was asked for. `status` other than 200 refuses. */
export async function startConnectProxy(targetPort: number, status = 200): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(400).end('only CONNECT here'));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('connect', (request, socket: Socket) => {
    tunnels.push(request.url ?? '');
    heard.push(`${request.method} ${request.url}`, ...request.rawHeaders);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
