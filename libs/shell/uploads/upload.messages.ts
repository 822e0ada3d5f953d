/** Refusals of files that are handed in. */
export const UPLOAD_MESSAGES = {
  'upload.not-multipart': {
    zh: '文件应当以 multipart/form-data 提交，文件字段名为 file',
    en: 'A file is sent as multipart/form-data, in a part named file',
  },
  'upload.kind-refused': {
    zh: '字段 {field}：不接收此类文件（{found}）；请提交 PDF、OFD、图片、Office 文档、图纸、压缩包或者纯文本',
    en: 'Field {field}: files of this kind ({found}) are not taken; send PDF, OFD, a picture, an Office document, a drawing, an archive or plain text',
  },
  'upload.kind-differs': {
    zh: '字段 {field}：文件内容（{found}）与所声明的类型（{declared}）不一致',
    en: 'Field {field}: the content ({found}) is not what it is declared to be ({declared})',
  },
  'upload.too-large': {
    zh: '字段 {field}：文件超过上限 {limit} 字节',
    en: 'Field {field}: the file is larger than the limit of {limit} bytes',
  },
  'upload.infected': {
    zh: '字段 {field}：文件含有病毒（{virus}），未予接收',
    en: 'Field {field}: the file contains a virus ({virus}) and was not taken',
  },
  'upload.cut-off': {
    zh: '文件未完整上传，未予接收',
    en: 'The file did not arrive in whole and was not taken',
  },
  'upload.too-many-at-once': {
    zh: '正在上传的文件过多，请稍后再试',
    en: 'Too many files are being sent at once; try again later',
  },
  'upload.scanner-away': {
    zh: '病毒检测服务暂不可用，文件未予接收，请稍后再试',
    en: 'The virus scanner is not available, so the file was not taken; try again later',
  },
  'upload.content-missing': {
    zh: '文件内容缺失，请联系运维人员',
    en: 'The content of this file is missing; tell the operators',
  },
  'upload.range-not-satisfiable': {
    zh: '请求的范围超出文件大小（{bytes} 字节）',
    en: 'The range asked for is not within the {bytes} bytes of the file',
  },
} as const;
