// A small Word document as Word itself would lay it out: a heading, words, a list, a table, a picture.
import { deflateSync } from "node:zlib";

const CRC = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc32 = (bytes) => (bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

const uint = (size, value) => {
  const bytes = Buffer.alloc(size);
  size === 2 ? bytes.writeUInt16LE(value) : bytes.writeUInt32LE(value);
  return bytes;
};

/** An archive of stored files, from `[[name, bytes], …]`. */
export function zip(files) {
  const [parts, index] = [[], []];
  let at = 0;
  for (const [name, content] of files) {
    const bytes = Buffer.from(content);
    const sizes = [uint(4, crc32(bytes)), uint(4, bytes.length), uint(4, bytes.length), uint(2, name.length)];
    const head = Buffer.concat([uint(2, 20), uint(2, 0), uint(2, 0), uint(2, 0), uint(2, 0x21), ...sizes]);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, uint(2, 0), Buffer.from(name), bytes]);
    index.push(Buffer.concat([Buffer.from("PK\x01\x02"), uint(2, 20), head, Buffer.alloc(12), uint(4, at), Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(index);
  const end = [uint(4, 0), uint(2, files.length), uint(2, files.length), uint(4, list.length), uint(4, at), uint(2, 0)];
  return Buffer.concat([...parts, list, Buffer.from("PK\x05\x06"), ...end]);
}

const big = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A picture of one colour, as PNG. */
export function png(width, height, [red, green, blue]) {
  const chunk = (kind, bytes) => {
    const named = Buffer.concat([Buffer.from(kind), bytes]);
    return Buffer.concat([big(bytes.length), named, big(crc32(named))]);
  };
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: width }, () => [red, green, blue]).flat())]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const head = Buffer.concat([big(width), big(height), Buffer.from([8, 2, 0, 0, 0])]);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const run = (words, how = "") => `<w:r>${how && `<w:rPr>${how}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`;
const para = (inside, style) => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}${inside}</w:p>`;
const cell = (words) => `<w:tc><w:tcPr/>${para(run(words))}</w:tc>`;
const drawing = `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="3048000" cy="2032000"/><wp:docPr id="1" name="Hình 1" descr="Một khung màu xanh"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="Hình 1"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="rId2"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;

/** The document: its title, a heading below, bold words, a table of two rows, a picture. */
export function docx({ title, heading, words, bold, table }) {
  const rows = table.map((row) => `<w:tr>${row.map(cell).join("")}</w:tr>`).join("");
  const body = [
    para(run(title), "Heading1"),
    para(run(words) + run(bold, "<w:b/>")),
    para(run(heading), "Heading2"),
    `<w:tbl><w:tblPr/><w:tblGrid>${table[0].map(() => "<w:gridCol/>").join("")}</w:tblGrid>${rows}</w:tbl>`,
    para(drawing),
  ].join("");
  const style = (id, name, level) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:pPr><w:outlineLvl w:val="${level}"/></w:pPr></w:style>`;
  return zip([
    ["[Content_Types].xml", `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`],
    ["_rels/.rels", `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="word/document.xml"/></Relationships>`],
    ["word/document.xml", `${XML}<w:document ${W}><w:body>${body}<w:sectPr/></w:body></w:document>`],
    ["word/_rels/document.xml.rels", `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${REL}/image" Target="media/image1.png"/></Relationships>`],
    ["word/styles.xml", `${XML}<w:styles ${W}>${style("Heading1", "heading 1", 0)}${style("Heading2", "heading 2", 1)}</w:styles>`],
    ["word/media/image1.png", png(240, 160, [11, 90, 96])],
  ]);
}
