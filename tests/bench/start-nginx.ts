import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../plugins-proxy/stand-ins';

const BINARY = process.env['NGINX_BINARY'] ?? '/usr/sbin/nginx';

export const nginxExists = (): boolean => existsSync(BINARY);

const config = (folder: string, port: number, upstream: string): string => `
daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log ${folder}/access.log;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  keepalive_requests 100000000;
  upstream jira { server ${upstream}; keepalive 32; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location /relay/jira/ { proxy_pass http://jira/; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}`;

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** nginx as a plain reverse proxy with an access log, one process and so one core. Stop it by ending the child. */
export async function startNginx(jiraUrl: string): Promise<{ address: string; child: ChildProcess }> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-nginx-'));
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), config(folder, port, new URL(jiraUrl).host));
  const child = spawn(BINARY, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(address)); tries += 1) {
    if (tries > 100 || child.exitCode !== null) throw new Error('nginx does not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { address, child };
}
