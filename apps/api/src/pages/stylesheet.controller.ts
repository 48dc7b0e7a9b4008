import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../access/scope.decorator.js';
import { STYLESHEET } from './stylesheet.js';

@Controller('pages.css')
@Public()
export class StylesheetController {
  @Get()
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  get(): string {
    return STYLESHEET;
  }
}
