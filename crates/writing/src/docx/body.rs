//! The text of a Word file: events in, blocks out; nothing recurses.

use std::rc::Rc;

use nhipcau_domain::problem::Problem;
use quick_xml::events::{BytesStart, Event};

use super::{
    Refused,
    field::Field,
    numbering::Numbering,
    paragraph::{Paragraph, Run, Shelf},
    relations::Relations,
    styles::Styles,
    xml::{Part, attribute, number, on, reference, val},
};
use crate::model::{Draft, Piece};

/// Paragraphs, runs or fields inside each other: text boxes in text boxes.
const DEEPEST: usize = 60;
/// Endnotes are kept apart from footnotes of the same number.
const ENDNOTES: usize = 1 << 32;

/// What was seen on the way.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The parts of the pictures, with their words, in order.
    pub pictures: Vec<(String, String)>,
    pub merged: usize,
    pub objects: usize,
    pub changes: bool,
    pub contents: bool,
}

/// The reading.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    lists: Numbering,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    links: Vec<Option<Rc<str>>>,
    fields: Vec<Field>,
    in_code: bool,
    alt: String,
    shelf: Shelf,
    seen: Seen,
    /// Elements open inside of one whose content is left out.
    skipped: usize,
}

impl<'s> Body<'s> {
    pub(super) fn new(styles: &'s Styles, lists: Numbering) -> Self {
        Self {
            styles,
            lists,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            links: Vec::new(),
            fields: Vec::new(),
            in_code: false,
            alt: String::new(),
            shelf: Shelf::default(),
            seen: Seen::default(),
            skipped: 0,
        }
    }

    /// Reads a part: the document itself, or its notes.
    pub(super) fn read(&mut self, xml: &str, name: &str, relations: &Relations) -> Result<(), Refused> {
        let mut part = Part::new(xml, name);
        while let Some(event) = part.next()? {
            match event {
                Event::Start(_) if self.skipped > 0 => self.skipped += 1,
                Event::End(_) if self.skipped > 0 => self.skipped -= 1,
                _ if self.skipped > 0 => {}
                Event::Start(e) => self.start(&e, relations)?,
                Event::Empty(e) => self.sign(&e, relations),
                Event::End(e) => self.end(e.local_name().into_inner()),
                Event::Text(t) => self.text(&t),
                Event::CData(t) => self.text(&t),
                Event::GeneralRef(r) => {
                    let mut bytes = [0; 4];
                    if let Some(c) = reference(&r) {
                        self.text(c.encode_utf8(&mut bytes));
                    }
                }
                _ => {}
            }
        }
        (self.paragraphs, self.runs, self.links, self.fields) = Default::default();
        self.in_code = false;
        Ok(())
    }

    pub(super) fn finish(mut self) -> (Draft, Seen) {
        self.seen.merged = self.shelf.merged;
        self.seen.contents |= self.shelf.contents;
        (self.shelf.draft, self.seen)
    }

    fn text(&mut self, text: &str) {
        if self.in_code {
            if let Some(field) = self.fields.last_mut().filter(|f| f.code.len() < 4_000) {
                field.code.push_str(text);
            }
            return;
        }
        if self.runs.last().is_some_and(|r| r.in_text) {
            self.words(text);
        }
    }

    /// Adds words to the open paragraph.
    fn words(&mut self, text: &str) {
        let code = self.fields.iter().any(|f| !f.result || f.is_contents());
        let (Some(run), Some(paragraph)) = (self.runs.last(), self.paragraphs.last_mut()) else { return };
        if run.hidden || code {
            return;
        }
        let of_field = self.fields.iter().rev().find_map(Field::href);
        let href = self.links.iter().rev().flatten().next().cloned().or(of_field);
        run.push(&mut paragraph.line, text, self.styles, href.as_ref());
    }

    fn start(&mut self, e: &BytesStart<'_>, relations: &Relations) -> Result<(), Refused> {
        let name = e.local_name().into_inner();
        match name {
            "del" | "moveFrom" => {
                self.seen.changes = true;
                self.skipped = 1;
            }
            "object" => {
                self.seen.objects += 1;
                self.skipped = 1;
            }
            "Fallback" | "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange"
            | "sectPrChange" | "sdtPr" | "sectPr" | "delText" | "delInstrText" => self.skipped = 1,
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.runs.push(Run::default()),
            "t" => self.set_in_text(true),
            "instrText" => self.in_code = true,
            "pPr" => self.set_paragraph_properties(true),
            "rPr" => self.set_run_properties(true),
            "tbl" => self.shelf.start_table(),
            "tr" => self.shelf.own_table().into_iter().for_each(crate::table::Table::start_row),
            "tc" => self.shelf.own_table().into_iter().for_each(|t| t.start_cell(1, 1)),
            "hyperlink" => {
                let id = attribute(e, "id").and_then(|id| relations.address(&id).map(Rc::from));
                self.links.push(id);
            }
            "fldSimple" => {
                let code = attribute(e, "instr").unwrap_or_default().into_owned();
                self.fields.push(Field { code, result: true });
            }
            "footnote" | "endnote" => self.start_note(e, name),
            _ => self.sign(e, relations),
        }
        let deep = [self.paragraphs.len(), self.runs.len(), self.links.len(), self.fields.len()];
        if deep.into_iter().any(|d| d > DEEPEST) {
            return Err(Box::new(Problem::new("docx-too-deep").with("expected", DEEPEST)));
        }
        Ok(())
    }

    fn start_note(&mut self, e: &BytesStart<'_>, name: &str) {
        let id = attribute(e, "id").and_then(|v| v.trim().parse::<u32>().ok());
        let id = id.and_then(|id| usize::try_from(id).ok());
        // Those with a type are the lines between text and notes.
        match id.filter(|_| attribute(e, "type").is_none_or(|t| t == "normal")) {
            Some(id) => {
                let id = if name == "endnote" { id.saturating_add(ENDNOTES) } else { id };
                self.shelf.note = Some((id, Vec::new()));
            }
            None => self.skipped = 1,
        }
    }

    fn set_in_text(&mut self, yes: bool) {
        if let Some(run) = self.runs.last_mut() {
            run.in_text = yes;
        }
    }

    fn set_paragraph_properties(&mut self, yes: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.in_properties = yes;
        }
    }

    fn set_run_properties(&mut self, yes: bool) {
        let of_paragraph = self.paragraphs.last().is_some_and(|p| p.in_properties);
        if let Some(run) = self.runs.last_mut().filter(|_| !of_paragraph) {
            run.in_properties = yes;
        }
    }

    /// What stands alone: a property, a break, a picture, a reference.
    fn sign(&mut self, e: &BytesStart<'_>, relations: &Relations) {
        let name = e.local_name().into_inner();
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|p| p.in_properties) {
            return property(paragraph, name, e);
        }
        if let Some(run) = self.runs.last_mut().filter(|r| r.in_properties) {
            return run_property(run, name, e);
        }
        match name {
            "tab" => self.words(" "),
            "noBreakHyphen" => self.words("-"),
            "br" | "cr" => {
                let page = attribute(e, "type").is_some_and(|t| t == "page" || t == "column");
                if let Some(paragraph) = self.paragraphs.last_mut().filter(|p| !page && !p.line.is_empty()) {
                    paragraph.line.push(Piece::Break);
                }
            }
            "ins" | "moveTo" => self.seen.changes = true,
            "gridSpan" => {
                let across = number(e).and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
                self.shelf.own_table().into_iter().for_each(|t| t.widen(across));
            }
            "vMerge" if val(e).is_none_or(|v| v != "restart") => {
                self.shelf.own_table().into_iter().for_each(|t| t.merged += 1);
            }
            "docPr" => {
                let words = attribute(e, "descr").filter(|d| !d.trim().is_empty());
                self.alt = words.or_else(|| attribute(e, "title")).unwrap_or_default().into_owned();
            }
            "shape" => self.alt = attribute(e, "alt").unwrap_or_default().into_owned(),
            "blip" => self.picture(attribute(e, "embed").as_deref(), relations),
            "imagedata" => self.picture(attribute(e, "id").as_deref(), relations),
            "chart" | "relIds" => self.seen.objects += 1,
            "fldChar" => self.field(&attribute(e, "fldCharType").unwrap_or_default()),
            "footnoteReference" | "endnoteReference" => {
                let id = attribute(e, "id").and_then(|v| v.trim().parse::<u32>().ok());
                let id = id.and_then(|id| usize::try_from(id).ok());
                let base = if name == "endnoteReference" { ENDNOTES } else { 0 };
                if let (Some(id), Some(paragraph)) = (id, self.paragraphs.last_mut()) {
                    paragraph.line.push(Piece::Note(id.saturating_add(base)));
                }
            }
            _ => {}
        }
    }

    fn picture(&mut self, id: Option<&str>, relations: &Relations) {
        let alt = std::mem::take(&mut self.alt);
        let Some(part) = id.and_then(|id| relations.part(id)) else { return };
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.pictures.push((self.seen.pictures.len(), alt.clone()));
            self.seen.pictures.push((part.to_owned(), alt));
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => self.fields.last_mut().into_iter().for_each(|f| f.result = true),
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                let contents = self.fields.iter().any(|f| f.result && f.is_contents());
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.shelf.end(paragraph, self.styles, &mut self.lists, contents);
                }
            }
            "r" => {
                self.runs.pop();
            }
            "t" => self.set_in_text(false),
            "instrText" => self.in_code = false,
            "pPr" => self.set_paragraph_properties(false),
            "rPr" => self.set_run_properties(false),
            "tbl" => self.shelf.end_table(),
            "tr" => self.shelf.own_table().into_iter().for_each(crate::table::Table::end_row),
            "tc" => self.shelf.own_table().into_iter().for_each(crate::table::Table::end_cell),
            "hyperlink" => {
                self.links.pop();
            }
            "fldSimple" => {
                self.fields.pop();
            }
            "footnote" | "endnote" => self.shelf.draft.notes.extend(self.shelf.note.take()),
            _ => {}
        }
    }
}

fn property(paragraph: &mut Paragraph, name: &str, e: &BytesStart<'_>) {
    match name {
        "pStyle" => paragraph.style = val(e).unwrap_or_default().into_owned(),
        "numId" => paragraph.list = number(e),
        "ilvl" => paragraph.list_level = number(e),
        "outlineLvl" => paragraph.outline = number(e).and_then(|n| u8::try_from(n).ok()),
        _ => {}
    }
}

fn run_property(run: &mut Run, name: &str, e: &BytesStart<'_>) {
    match name {
        "b" => run.bold = Some(on(e)),
        "i" => run.italic = Some(on(e)),
        "rStyle" => run.style = val(e).unwrap_or_default().into_owned(),
        "vertAlign" => run.raised = val(e).is_some_and(|v| v == "superscript"),
        "vanish" | "webHidden" => run.hidden = on(e),
        _ => {}
    }
}
