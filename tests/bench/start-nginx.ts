import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { onCore } from './bundled-process';

const BINARY = process.env['NGINX_BINARY'] ?? '/usr/sbin/nginx';

export const nginxExists = (): boolean => existsSync(BINARY);

const config = (folder: string, http: string): string => `
daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 4096; }
http {
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  keepalive_requests 100000000; default_type application/json;
  ${http}
}`;

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

export interface Nginx {
  readonly address: string;
  readonly child: ChildProcess;
}

async function start(core: number, http: (folder: string, port: number) => string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-nginx-'));
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), config(folder, http(folder, port)));
  const child = onCore(core, BINARY, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], 'ignore');
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(address)); tries += 1) {
    if (tries > 200 || child.exitCode !== null) throw new Error('nginx does not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { address, child };
}

/** nginx as a plain reverse proxy with an access log, one process on one core. Stop it by ending the child. */
export function startNginxProxy(core: number, upstream: string): Promise<Nginx> {
  return start(
    core,
    (folder, port) => `access_log ${folder}/access.log;
  upstream jira { server ${new URL(upstream).host}; keepalive 32; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location /relay/jira/ { proxy_pass http://jira/; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }`,
  );
}

/** nginx as a Jira that gives the same answer to everything: cheap enough not to bound what is before it. */
export function startNginxAnswer(core: number, body: string): Promise<Nginx> {
  return start(
    core,
    (_folder, port) => `access_log off; server { listen 127.0.0.1:${port}; location / { return 200 '${body}'; } }`,
  );
}
