/** A kind of file that is taken. */
export interface MediaKind {
  readonly mediaType: string;
  readonly extensions: readonly string[];
  /** What programs also call it. */
  readonly aliases?: readonly string[];
  /** What its first bytes say; empty for texts, which have none of their own. */
  readonly found: readonly string[];
}

const ZIP = 'application/zip';
const CFB = 'application/x-cfb';
const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** Documents, drawings, pictures and archives. No kind that a browser or a system would run is among them. */
export const MEDIA_KINDS: readonly MediaKind[] = [
  {
    mediaType: 'application/pdf',
    extensions: ['pdf'],
    aliases: ['application/x-pdf'],
    found: ['application/pdf'],
  },
  { mediaType: 'application/ofd', extensions: ['ofd'], found: [ZIP, 'application/ofd'] },
  {
    mediaType: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    aliases: ['image/jpg', 'image/pjpeg'],
    found: ['image/jpeg'],
  },
  { mediaType: 'image/png', extensions: ['png'], found: ['image/png', 'image/apng'] },
  { mediaType: 'image/tiff', extensions: ['tif', 'tiff'], found: ['image/tiff'] },
  { mediaType: 'image/bmp', extensions: ['bmp'], aliases: ['image/x-ms-bmp'], found: ['image/bmp'] },
  { mediaType: 'image/gif', extensions: ['gif'], found: ['image/gif'] },
  { mediaType: 'image/webp', extensions: ['webp'], found: ['image/webp'] },
  {
    mediaType: 'image/heic',
    extensions: ['heic', 'heif'],
    aliases: ['image/heif'],
    found: ['image/heic', 'image/heif'],
  },
  {
    mediaType: `${OFFICE}.wordprocessingml.document`,
    extensions: ['docx'],
    found: [`${OFFICE}.wordprocessingml.document`, ZIP],
  },
  {
    mediaType: `${OFFICE}.spreadsheetml.sheet`,
    extensions: ['xlsx'],
    found: [`${OFFICE}.spreadsheetml.sheet`, ZIP],
  },
  {
    mediaType: `${OFFICE}.presentationml.presentation`,
    extensions: ['pptx'],
    found: [`${OFFICE}.presentationml.presentation`, ZIP],
  },
  {
    mediaType: 'application/msword',
    extensions: ['doc', 'wps'],
    aliases: ['application/vnd.ms-works'],
    found: [CFB],
  },
  { mediaType: 'application/vnd.ms-excel', extensions: ['xls', 'et'], found: [CFB] },
  { mediaType: 'application/vnd.ms-powerpoint', extensions: ['ppt', 'dps'], found: [CFB] },
  { mediaType: 'application/rtf', extensions: ['rtf'], aliases: ['text/rtf'], found: ['application/rtf'] },
  {
    mediaType: 'image/vnd.dwg',
    extensions: ['dwg'],
    aliases: ['application/acad', 'image/x-dwg'],
    found: ['image/vnd.dwg'],
  },
  { mediaType: 'image/vnd.dxf', extensions: ['dxf'], aliases: ['image/x-dxf', 'application/dxf'], found: [] },
  { mediaType: ZIP, extensions: ['zip'], aliases: ['application/x-zip-compressed'], found: [ZIP] },
  { mediaType: 'application/x-7z-compressed', extensions: ['7z'], found: ['application/x-7z-compressed'] },
  {
    mediaType: 'application/vnd.rar',
    extensions: ['rar'],
    aliases: ['application/x-rar-compressed', 'application/x-rar'],
    found: ['application/x-rar-compressed', 'application/vnd.rar'],
  },
  { mediaType: 'video/mp4', extensions: ['mp4'], found: ['video/mp4', 'video/x-m4v'] },
  { mediaType: 'text/plain', extensions: ['txt'], found: [] },
  {
    mediaType: 'text/csv',
    extensions: ['csv'],
    aliases: ['application/vnd.ms-excel', 'text/plain'],
    found: [],
  },
];
