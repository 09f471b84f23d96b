//! What is typed into a form, kept as it was typed until it is sent.

use std::collections::BTreeMap;

use nhipcau_domain::{
    dataset::DataSet,
    id::{ElementId, ReasonId},
    problem::Problem,
    returns::{Submission, Value},
    text,
};
use serde::{Deserialize, Serialize};

/// The longest answer in words that is kept, in characters.
const LONGEST: usize = 20_000;

/// Which kind of answer was chosen. Zero is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// A number, in the text.
    #[default]
    Number,
    /// The unit does not report this one.
    NotReported,
    /// Exempt, for the reason.
    Exempt,
    /// Does not apply to the unit.
    NotApplicable,
}

/// An answer to one line of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Which kind.
    pub choice: Choice,
    /// What was typed.
    pub text: String,
    /// Why it is exempt: a reason's code.
    pub reason: String,
}

impl Answer {
    /// The answer that a value was.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let chosen = |choice| Self { choice, ..Self::default() };
        match value {
            Value::Number(n) => Self { text: text::number(*n), ..Self::default() },
            Value::NotReported => chosen(Choice::NotReported),
            Value::Exempt(reason) => Self { reason: reason.to_string(), ..chosen(Choice::Exempt) },
            Value::NotApplicable => chosen(Choice::NotApplicable),
        }
    }

    /// Whether nothing was answered yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.choice == Choice::Number && self.text.trim().is_empty()
    }

    /// The value; none while nothing was answered.
    ///
    /// # Errors
    /// The importer's sentence where the text is no answer; `answer-twice` where a number stands beside
    /// another choice. Without the element's `label`.
    pub fn read(&self, reasons: &BTreeMap<String, String>) -> Result<Option<Value>, Problem> {
        if self.choice == Choice::Number {
            let blank = self.text.trim().is_empty();
            return if blank { Ok(None) } else { nhipcau_intake::read_typed(&self.text, reasons).map(Some) };
        }
        if !self.text.trim().is_empty() {
            return Err(Problem::new("answer-twice").with("found", self.text.trim()));
        }
        match self.choice {
            Choice::Exempt if reasons.contains_key(&self.reason) => {
                Ok(Some(Value::Exempt(ReasonId::new(&self.reason))))
            }
            Choice::Exempt => Err(Problem::new("answer-exempt-why")),
            Choice::NotApplicable => Ok(Some(Value::NotApplicable)),
            _ => Ok(Some(Value::NotReported)),
        }
    }
}

/// What is typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The answers, by element.
    pub answers: Vec<(ElementId, Answer)>,
    /// The answers in words, by field.
    pub words: Vec<(String, String)>,
    /// The explanation for warnings.
    pub explanation: String,
    /// Why an accepted return is corrected.
    pub reason: String,
}

impl Typed {
    /// What was typed for what was sent.
    #[must_use]
    pub fn of(sent: &Submission) -> Self {
        Self {
            answers: sent.entries.iter().map(|e| (e.element.clone(), Answer::of(&e.value))).collect(),
            words: sent.words.clone(),
            explanation: sent.explanation.clone(),
            reason: String::new(),
        }
    }

    /// The answer to a line.
    #[must_use]
    pub fn answer(&self, element: &str) -> Answer {
        let found = self.answers.iter().find(|(e, _)| e.as_str() == element);
        found.map(|(_, a)| a.clone()).unwrap_or_default()
    }

    /// The words in a field.
    #[must_use]
    pub fn word(&self, field: &str) -> &str {
        self.words.iter().find(|(f, _)| f == field).map_or("", |(_, words)| words.as_str())
    }

    /// The same in the form's order, without what the form does not ask: two that say the same are equal.
    #[must_use]
    pub fn tidy(&self, form: &DataSet) -> Self {
        let words = |text: &str| {
            let text: String = text::nfc(&text.replace("\r\n", "\n")).chars().take(LONGEST).collect();
            text.trim().to_owned()
        };
        let answers = form.elements.iter().map(|id| {
            let mut answer = self.answer(id);
            answer.text = answer.text.trim().chars().take(200).collect();
            if answer.choice != Choice::Exempt {
                answer.reason.clear();
            }
            (id.clone(), answer)
        });
        let said = form.words.iter().map(|f| (f.id.clone(), words(self.word(&f.id))));
        Self {
            answers: answers.collect(),
            words: said.filter(|(_, text)| !text.is_empty()).collect(),
            explanation: words(&self.explanation),
            reason: words(&self.reason),
        }
    }

    /// Whether nothing at all was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.answers.iter().all(|(_, a)| a.is_blank())
            && self.words.iter().all(|(_, text)| text.trim().is_empty())
            && self.explanation.trim().is_empty()
            && self.reason.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reasons() -> BTreeMap<String, String> {
        BTreeMap::from([("moi-thanh-lap".to_owned(), "Mới thành lập".to_owned())])
    }

    fn typed(text: &str) -> Answer {
        Answer { text: text.to_owned(), ..Answer::default() }
    }

    #[test]
    fn zero_not_reported_exempt_and_nothing_are_four_answers() {
        let chosen = |choice| Answer { choice, ..Answer::default() };
        let exempt = Answer { reason: "moi-thanh-lap".to_owned(), ..chosen(Choice::Exempt) };
        assert_eq!(typed("0").read(&reasons()), Ok(Some(Value::Number(0))));
        assert_eq!(typed(" ").read(&reasons()), Ok(None));
        assert_eq!(chosen(Choice::NotReported).read(&reasons()), Ok(Some(Value::NotReported)));
        assert_eq!(chosen(Choice::NotApplicable).read(&reasons()), Ok(Some(Value::NotApplicable)));
        assert_eq!(exempt.read(&reasons()), Ok(Some(Value::Exempt("moi-thanh-lap".into()))));
        assert_eq!(
            chosen(Choice::Exempt).read(&reasons()).map_err(|p| p.id),
            Err("answer-exempt-why".into())
        );
    }

    #[test]
    fn numbers_are_read_as_in_a_workbook_and_two_answers_are_asked_about() {
        assert_eq!(typed("1.234").read(&reasons()), Ok(Some(Value::Number(1234))));
        assert_eq!(typed("1 234").read(&reasons()), Ok(Some(Value::Number(1234))));
        assert_eq!(typed("không áp dụng").read(&reasons()), Ok(Some(Value::NotApplicable)));
        for (text, id) in [("1,234", "intake-cell-ambiguous"), ("12 người", "intake-cell-text")] {
            assert_eq!(typed(text).read(&reasons()).map_err(|p| p.id), Err(id.to_owned()), "{text}");
        }
        let both = Answer { choice: Choice::NotReported, ..typed("5") };
        assert_eq!(both.read(&reasons()).map_err(|p| p.id), Err("answer-twice".to_owned()));
    }

    proptest! {
        #[test]
        fn what_was_sent_is_typed_again_as_it_was(n in 0..1_000_000_000_000_i64) {
            for value in [Value::Number(n), Value::NotReported, Value::NotApplicable] {
                prop_assert_eq!(Answer::of(&value).read(&reasons()), Ok(Some(value)));
            }
        }
    }
}
