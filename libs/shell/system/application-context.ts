import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestLog } from '#libs/shell/nest';
import { type System } from './system.js';
import { SystemModule } from './system.module.js';

/** The same application without HTTP, for the command line. Closing it closes the system too. */
export function createApplicationContext(system: System): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(SystemModule.of(system), {
    logger: new NestLog(system.log),
    abortOnError: false,
  });
}
