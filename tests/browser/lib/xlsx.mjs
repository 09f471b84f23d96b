// Fills a unit's Excel form in as a person does: numbers into the yellow cells.
import { inflateRawSync } from "node:zlib";
import { zip } from "./docx.mjs";

/** The files of an archive, in its order: `[[name, bytes], …]`. */
function unzip(bytes) {
  const end = bytes.lastIndexOf("PK\x05\x06");
  const files = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [packed, named, extra, comment] = [bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((o) => bytes.readUInt16LE(at + o))];
    const name = bytes.toString("utf8", at + 46, at + 46 + named);
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(begin, begin + packed);
    files.push([name, bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content]);
    at += 46 + named + extra + comment;
  }
  return files;
}

/** The form with `{ element: "12" }` in it; a row's hidden first cell says which element it is. */
export function fillForm(bytes, answers) {
  const files = unzip(bytes);
  const text = (name) => files.find(([n]) => n === name)[1].toString("utf8");
  const strings = [...text("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map((m) => m[1].replace(/<[^>]+>/g, ""));
  let sheet = text("xl/worksheets/sheet1.xml");
  for (const [element, answer] of Object.entries(answers)) {
    const named = strings.indexOf(`nc:element|${element}`);
    const row = sheet.match(new RegExp(`<c r="A(\\d+)"[^>]*><v>${named}</v></c>`))?.[1];
    if (named < 0 || !row) throw new Error(`the form has no row for ${element}`);
    const filled = sheet.replace(new RegExp(`<c r="G${row}"( s="\\d+")?/>`), `<c r="G${row}"$1><v>${answer}</v></c>`);
    if (filled === sheet) throw new Error(`the form has no empty cell for ${element}`);
    sheet = filled;
  }
  return zip(files.map(([name, content]) => [name, name === "xl/worksheets/sheet1.xml" ? Buffer.from(sheet) : content]));
}
