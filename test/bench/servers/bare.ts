import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

/** The least that answers: `node:http`, a pool of plain `pg`, prepared statements. POST inserts its body into the bare table; GET lists by the statement and the values given. */
const [connectionString, connections, statement = '', tenant = ''] = process.argv.slice(2) as [string, string, string?, string?];
const pool = new pg.Pool({ connectionString, max: Number(connections), options: '-c search_path=bare,touchline_read,touchline' });

async function insert(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { customer, type, data } = JSON.parse(Buffer.concat(chunks).toString()) as { customer: string; type: string; data: object };
  const { rows: [row] } = await pool.query<{ position: string }>({
    name: 'insert', text: 'insert into log (stream, type, data) values ($1, $2, $3) returning position', values: [customer, type, JSON.stringify(data)] });
  return JSON.stringify({ position: row!.position });
}

async function list(): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query(`begin isolation level repeatable read; set local role touchline_reader; select set_config('touchline.tenant', '${tenant}', true)`);
    const { rows } = await client.query({ name: 'list', text: statement, values: [tenant] });
    await client.query('commit');
    return JSON.stringify({ customers: rows });
  } finally {
    client.release();
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await (request.method === 'POST' ? insert(request) : list());
  response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}

const server = createServer((request, response) => void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error))));
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().once('end', () => { server.closeAllConnections(); server.close(() => void pool.end()); });
