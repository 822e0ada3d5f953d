import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the files below a folder that hold a text, as UTF-8 or as JSON may escape it. */
export function filesWith(text: string, folder: string): readonly string[] {
  const code = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/g, code);
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return bytes.includes(text) || bytes.includes(escaped);
    });
}
