import { checkExport, type SignedManifest } from '#event-store';
import { bytesOf, filesIn, manifestIn } from './export-files.js';

/** Holds the export in a folder against its manifest. @throws CliError for what cannot be read */
export async function verifyExport(folder: string, key: string | undefined): Promise<SignedManifest & { readonly flaws: readonly string[] }> {
  const signed = manifestIn(folder);
  return { ...signed, flaws: await checkExport(bytesOf(filesIn(folder).log), signed, key) };
}
