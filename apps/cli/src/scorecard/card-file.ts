import { jsonIn } from '../json-file.js';

/** The scorecard in a JSON file. @throws CliError */
export const cardIn = (file: string): Promise<Record<string, unknown>> => jsonIn(file, 'scorecard', ', such as `touchline scorecard show first-scorecard --json` writes');
