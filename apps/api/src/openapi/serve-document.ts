import { SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { documentOf } from './document.js';

/** `/openapi.json` and `/docs`, for everybody. The document is made when it is first asked for. */
export async function serveDocument(app: NestFastifyApplication): Promise<void> {
  SwaggerModule.setup('docs', app, () => documentOf(app), { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml', customSiteTitle: 'Touchline API' });
}
