import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ApiOptions } from './api-options.js';
import { createApi } from './create-api.js';

/** The API, listening. Nothing stays open when it cannot. */
export async function serveApi(options: ApiOptions, port: number, host: string): Promise<NestFastifyApplication> {
  const app = await createApi(options);
  try {
    await app.listen(port, host);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}
