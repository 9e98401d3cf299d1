/** Serves the built page from the bridge's own address, so that it may speak to nobody else. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { Complaint, reasonOf } from './complaint';
import { hostComplaint } from './who-may-connect';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/** Listens on loopback alone; throws a Complaint when it cannot. */
export async function servePage(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    respond(folder, port, request, response);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((done, fail) => {
    server.once('error', (error) => {
      const hint = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? otherPort(port) : '';
      fail(new Complaint(`The bridge cannot listen on port ${port}: ${reasonOf(error)}.${hint}`));
    });
    server.listen(port, '127.0.0.1', done);
  });
  return server;
}

const otherPort = (port: number): string =>
  ` Try another one: npm run bridge -- --port ${port + 1}`;

function respond(
  folder: string,
  port: number,
  { headers, method, url = '/' }: IncomingMessage,
  response: ServerResponse,
): void {
  const complaint = hostComplaint(headers, port);
  if (complaint !== null) return refuse(response, 403, complaint);
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405, `${method} is not GET`);
  const path = fileOf(folder, url);
  if (path === null) return refuse(response, 404, 'There is no such file.');
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  response.writeHead(200, { ...HEADERS, 'Content-Type': type });
  if (method === 'HEAD') response.end();
  else if (extname(path) === '.html') response.end(withOwnSocket(readFileSync(path, 'utf8'), port));
  else
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response);
}

/** Older browsers do not count a WebSocket to the page's own host as 'self'. */
function withOwnSocket(html: string, port: number): string {
  const sockets = ['127.0.0.1', 'localhost'].map((host) => `ws://${host}:${port}`);
  return html.replace("connect-src 'self'", `connect-src 'self' ${sockets.join(' ')}`);
}

/** The file a path leads to, never one outside the folder. */
function fileOf(folder: string, url: string): string | null {
  let path;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) return null;
  return file;
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}
