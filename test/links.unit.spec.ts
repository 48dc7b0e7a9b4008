import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';

const pages = ['README.md', ...['apps', 'libs', 'infra', 'test'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => join(folder, name)))];
const bare = (page: string) => readFileSync(page, 'utf8').replaceAll(/^```[^]*?^```$/gm, '');

/** As GitHub makes anchors of headings. */
const anchorsOf = (page: string) => [...bare(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));

it.each(pages)('%s links to pages and chapters that are there', (page) => {
  const links = [...bare(page).matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g)].map(([link, path, anchor]) => ({ link, target: path === '' ? page : join(dirname(page), path!), anchor }));
  const broken = links.filter(({ target, anchor }) => !existsSync(target) || (anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor)));
  expect(broken).toEqual([]);
});
