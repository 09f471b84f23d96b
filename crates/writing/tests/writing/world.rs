//! A caller that knows a few things.

use nhipcau_writing::{Attachment, Bound, Form, Picture, Rendered, Resolve, Source, render};

/// Knows the figures `members.*`, the picture `anh`, the attachment `kl01`.
pub struct World;

impl Resolve for World {
    fn figure(&self, key: &str, form: Form) -> Option<Bound> {
        let wording = match (key, form) {
            ("members.registered", Form::Wording) => "trên 98%",
            ("members.registered", Form::Percent) => "98,3%",
            ("members.few", Form::Wording) => "ít hơn 5",
            _ => return None,
        };
        let protected = (key == "members.few").then(|| "Số nhỏ, không nêu".to_owned());
        Some(Bound { wording: wording.into(), href: format!("/chi-so/{key}"), protected })
    }

    fn picture(&self, id: &str) -> Option<Picture> {
        let source = |width: u32, kind: &str| Source {
            href: format!("/tep/{id}/w{width}.{kind}"),
            width,
            mime: format!("image/{kind}"),
        };
        (id == "anh").then(|| Picture {
            sources: vec![
                source(320, "webp"),
                source(1280, "webp"),
                source(320, "jpeg"),
                source(640, "jpeg"),
            ],
            credit: "Văn phòng Huyện ủy".into(),
            width: 1280,
            height: 720,
            ..Picture::default()
        })
    }

    fn attachment(&self, id: &str) -> Option<Attachment> {
        (id == "kl01").then(|| Attachment {
            href: "/tep/kl01/ket-luan-01.pdf".into(),
            name: "Kết luận 01".into(),
            kind: "PDF".into(),
            bytes: 1_234_567,
        })
    }
}

/// Renders in Vietnamese.
pub fn page(markdown: &str) -> Rendered {
    render(markdown, &World, "vi")
}

/// The names of the problems, with their places.
pub fn problems(rendered: &Rendered) -> Vec<String> {
    let place = |p: &nhipcau_domain::problem::Problem| {
        format!("{}:{} {}", p.place.line.unwrap_or(0), p.place.column.unwrap_or(0), p.id)
    };
    rendered.problems.iter().map(place).collect()
}
