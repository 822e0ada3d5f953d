import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type Authenticator, SESSION_COOKIE } from '#libs/shell/nest';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { complete } from './complete.js';
import { generated } from './generated.js';

const PATH = 'api/docs';

/** True for the page, what belongs to it, and the document as JSON and YAML. */
export function isDocumentation(url: string): boolean {
  return /^\/api\/docs(?:$|[/?-])/.test(url);
}

/** The OpenAPI document of all routes. */
export function apiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Zhitong 直通')
    .setDescription(
      'Approvals of construction projects as a log of events. A command is POSTed on the thing it is about; the URL names the legal act. Errors are problem details (RFC 9457).',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addServer('/')
    .addBearerAuth()
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  return complete(SwaggerModule.createDocument(app, config), generated());
}

/** Serves the document, and a page that shows it. */
export function describe(app: NestFastifyApplication): void {
  SwaggerModule.setup(PATH, app, () => apiDocument(app), {
    jsonDocumentUrl: `${PATH}-json`,
    yamlDocumentUrl: `${PATH}-yaml`,
  });
}

/** Shows the document to any signed-in caller, and to no other. */
export function closeDocumentation(fastify: FastifyInstance, authenticator: () => Authenticator): void {
  fastify.addHook('onRequest', async (request: FastifyRequest) => {
    if (!isDocumentation(request.routeOptions.url ?? request.url)) return;
    await authenticator().sender(request);
  });
}
