/** The same for the same file name, content and mapping; fits where ids of ours go. */
export function importIdOf(name: string, fingerprint: string): string {
  const stem = name.replace(/\.(gz|csv|txt|tsv|ndjson|jsonl)/gi, '').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40);
  return `${stem || 'import'}-${fingerprint.slice(0, 12)}`;
}
