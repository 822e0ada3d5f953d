import { Module } from '@nestjs/common';
import { SightOf } from './sight.js';

@Module({ providers: [SightOf.handler] })
export class SightModule {}
