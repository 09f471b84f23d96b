//! `site`: a site's first content from files, the map, old addresses.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::{civil::DateTime, tz::TimeZone};
use nhipcau_actions::{ActionError, Workspace, maps, press, search};
use nhipcau_campaign::{ArticleSpec, Files, Folder, PictureSpec, SITE_FOLDER, SiteContent, load_site};
use nhipcau_domain::{
    Date, Timestamp,
    id::ColumnId,
    office::Acting,
    press::{ArticleAct, ArticleKind},
    problem::Problem,
};
use nhipcau_messages::{Lang, problem, say};
use nhipcau_pictures::{Limits, take};
use nhipcau_store::site::{ColumnRecord, Content, Cover, NewRendition};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::place::Place;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Columns, pages, articles and pictures from a folder.
    Load {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        #[arg(long, value_name = "OFFICE")]
        office: Option<String>,
    },
    /// Outlines of units.
    Map {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "DAY")]
        first_day: Date,
        #[arg(long, value_name = "OFFICE", default_value = "quan-tri")]
        office: String,
    },
    /// Addresses of a former site.
    Redirects {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "OFFICE", default_value = "quan-tri")]
        office: String,
    },
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    match args.what {
        What::Load { folder, office } => {
            let files = Folder(folder);
            let content = load_site(&files)
                .map_err(ActionError::RefusedFor)?
                .ok_or_else(|| Problem::new("site-folder-empty"))?;
            let office = office.unwrap_or_else(|| content.site.office.clone());
            let told = put(&ws, &files, &content, &office, &mut |_| {}).await?;
            told.say(lang);
            Ok(told.code())
        }
        What::Map { file, first_day, office } => {
            let acting = Acting::at_the_machine(office.as_str().into());
            let loaded = maps::load(&ws, &acting, first_day, &read(&file)?).await?;
            outln!("{}", say(lang, "site-map-loaded", &[("areas", count(loaded.matched))]));
            for found in &loaded.problems {
                eprintln!("{}", problem(lang, found));
            }
            Ok(partly(loaded.problems.is_empty()))
        }
        What::Redirects { file, office } => {
            let acting = Acting::at_the_machine(office.as_str().into());
            let csv = String::from_utf8(read(&file)?)
                .map_err(|_| Problem::new("site-file-not-utf8").with("file", file.display().to_string()))?;
            let loaded = press::import_redirects(&ws, &acting, "", &csv).await?;
            outln!("{}", say(lang, "site-redirects-loaded", &[("count", i64::from(loaded.added).into())]));
            for found in &loaded.problems {
                eprintln!("{}", problem(lang, found));
            }
            Ok(partly(loaded.problems.is_empty()))
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(file).map_err(|e| {
        Problem::new("site-file-missing")
            .with("file", file.display().to_string())
            .with("detail", e.to_string())
    })
}

fn partly(whole: bool) -> ExitCode {
    if whole { ExitCode::SUCCESS } else { ExitCode::from(crate::exit::PART) }
}

fn count(n: usize) -> nhipcau_domain::problem::Arg {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

/// What was put in.
#[derive(Debug, Default)]
pub struct Told {
    columns: usize,
    pictures: usize,
    articles: usize,
    maps: usize,
    problems: Vec<Problem>,
}

impl Told {
    /// Says it.
    pub fn say(&self, lang: Lang) {
        let said = [
            ("columns", count(self.columns)),
            ("pictures", count(self.pictures)),
            ("articles", count(self.articles)),
            ("maps", count(self.maps)),
        ];
        outln!("{}", say(lang, "site-loaded", &said));
        for found in &self.problems {
            eprintln!("{}", problem(lang, found));
        }
    }

    fn code(&self) -> ExitCode {
        partly(self.problems.is_empty())
    }
}

/// Puts a site's content in: what is there already is left as it is. `clock` is told when each article
/// went out.
pub async fn put(
    ws: &Workspace,
    files: &dyn Files,
    content: &SiteContent,
    office: &str,
    clock: &mut (dyn FnMut(Timestamp) + Send),
) -> anyhow::Result<Told> {
    let acting = Acting::at_the_machine(office.into());
    let mut told = Told::default();
    // What goes out adds itself to an index that is there; the first start would make it of everything at once.
    search::ensure(ws).await?;
    settle(ws, &acting, content, &mut told).await?;
    for path in files.list() {
        if let Some(from) = path.strip_prefix("map/").and_then(|p| p.strip_suffix(".geojson")) {
            let day: Date =
                from.parse().map_err(|_| Problem::new("site-map-day").with("file", path.as_str()))?;
            if !maps::days(ws).await?.contains(&day)
                && let Some(bytes) = files.read(&path)
            {
                told.problems.extend(maps::load(ws, &acting, day, &bytes).await?.problems);
                told.maps += 1;
            }
        }
    }
    let pictures = pictures(ws, files, &acting, content, &mut told).await?;
    let mut known: HashMap<String, (Uuid, u32)> = HashMap::new();
    let all = content.articles.iter().map(|a| (ArticleKind::Article, a));
    for (kind, spec) in all.chain(content.pages.iter().map(|p| (ArticleKind::Page, p))) {
        let at = moment(&spec.published)
            .ok_or_else(|| Problem::new("site-article-day").with("slug", spec.slug.as_str()))?;
        clock(at);
        match publish(ws, &acting, kind, spec, &pictures, &known).await {
            Ok(Some(id)) => {
                known.insert(spec.slug.clone(), (id, 1));
                told.articles += 1;
            }
            Ok(None) => {}
            // One that cannot go out does not stop the others.
            Err(ActionError::Refused(problem)) => told.problems.push(problem),
            Err(other) => return Err(other.into()),
        }
    }
    let front: Vec<Uuid> =
        content.site.front.iter().filter_map(|slug| known.get(slug).map(|(id, _)| *id)).collect();
    if !front.is_empty() {
        let mut settings = press::settings(ws).await?;
        settings.front = front;
        press::save_settings(ws, &acting, "", &settings).await?;
    }
    Ok(told)
}

/// An instant by the local clock.
fn moment(text: &str) -> Option<Timestamp> {
    let local: DateTime = text.parse().ok()?;
    TimeZone::fixed(jiff::tz::offset(7)).to_timestamp(local).ok()
}

/// Settings and columns.
async fn settle(
    ws: &Workspace,
    acting: &Acting,
    content: &SiteContent,
    told: &mut Told,
) -> anyhow::Result<()> {
    let mut settings = press::settings(ws).await?;
    if settings.name.vi.is_empty() {
        let site = &content.site;
        settings.name = site.name.clone();
        settings.motto = site.motto.clone();
        settings.managing_body = site.managing_body.clone();
        settings.parent_body = site.parent_body.clone();
        settings.address = site.address.clone();
        settings.email = site.email.clone();
        settings.phone = site.phone.clone();
        settings.responsible = site.responsible.clone();
        settings.licence = site.licence.clone();
        settings.abbreviations = content
            .abbreviations
            .iter()
            .map(|a| press::Abbreviation { short: a.short.clone(), long: a.long.clone() })
            .collect();
        press::save_settings(ws, acting, "", &settings).await?;
    }
    let there = press::columns(ws).await?;
    for (at, column) in content.columns.iter().enumerate() {
        let id = ColumnId::new(&column.id);
        if there.iter().any(|c| c.id == id) {
            continue;
        }
        let record = ColumnRecord {
            id,
            parent: column.parent.as_deref().map(ColumnId::new),
            slug: column.id.clone(),
            names: column.name.clone(),
            description: column.description.clone(),
            position: i64::try_from(at).unwrap_or(i64::MAX),
            hidden: false,
        };
        press::add_column(ws, acting, "", &record).await?;
        told.columns += 1;
    }
    Ok(())
}

/// Pictures by the names that articles call them. Our own drawings may be SVG: they are drawn here,
/// and what the site keeps is a picture like any other.
async fn pictures(
    ws: &Workspace,
    files: &dyn Files,
    acting: &Acting,
    content: &SiteContent,
    told: &mut Told,
) -> anyhow::Result<HashMap<String, (Uuid, PictureSpec)>> {
    let mut known = HashMap::new();
    for spec in &content.pictures {
        let path = format!("{SITE_FOLDER}/pictures/{}", spec.file);
        let Some(bytes) = files.read(&path) else {
            told.problems.push(Problem::new("site-picture-missing").with("file", path));
            continue;
        };
        let sha256 = nhipcau_actions::access::hex(&Sha256::digest(&bytes));
        let is_svg = Path::new(&spec.file).extension().is_some_and(|e| e.eq_ignore_ascii_case("svg"));
        let work = move || -> anyhow::Result<_> {
            let bytes = if is_svg { nhipcau_documents::chart::drawing_png(&bytes)? } else { bytes };
            let taken = take(&bytes, &Limits::default())?;
            Ok((taken.width(), taken.height(), taken.kind(), taken.outputs()?))
        };
        let (width, height, kind, outputs) = tokio::task::spawn_blocking(work).await??;
        let renditions = outputs
            .into_iter()
            .map(|o| NewRendition {
                name: format!("{}.{}", o.width, o.format.extension()),
                media_type: o.format.mime().to_owned(),
                width: o.width,
                height: o.height,
                sha256: nhipcau_actions::access::hex(&Sha256::digest(&o.bytes)),
                bytes: o.bytes,
            })
            .collect();
        let picture = press::NewPicture {
            name: spec.file.clone(),
            media_type: kind.mime().to_owned(),
            sha256,
            width,
            height,
            alt: spec.alt.clone(),
            caption: spec.caption.clone(),
            credit: spec.credit.clone(),
            renditions,
        };
        let id = press::add_picture(ws, acting, picture).await?;
        known.insert(spec.id.clone(), (id, spec.clone()));
        told.pictures += 1;
    }
    Ok(known)
}

/// Writes, submits, approves and publishes an article; none if its address is taken.
async fn publish(
    ws: &Workspace,
    acting: &Acting,
    kind: ArticleKind,
    spec: &ArticleSpec,
    pictures: &HashMap<String, (Uuid, PictureSpec)>,
    known: &HashMap<String, (Uuid, u32)>,
) -> Result<Option<Uuid>, ActionError> {
    let column = spec.column.as_deref().map(ColumnId::new);
    let there = match (&column, kind) {
        (Some(column), ArticleKind::Article) => press::article(ws, column, &spec.slug).await?,
        _ => press::static_page(ws, &spec.slug).await?,
    };
    if there != press::Found::Missing {
        return Ok(None);
    }
    let mut body = spec.body.clone();
    for (name, (id, _)) in pictures {
        body = body
            .replace(&format!("(tep:{name} "), &format!("(tep:{id} "))
            .replace(&format!("(tep:{name})"), &format!("(tep:{id})"));
    }
    let original = spec.translates.as_ref().and_then(|slug| known.get(slug)).copied();
    let cover = spec.cover.as_ref().and_then(|name| pictures.get(name));
    let shown = |(media, picture): &(Uuid, PictureSpec)| Cover {
        media: *media,
        focus_x: 500,
        focus_y: 500,
        alt: picture.alt.clone(),
        caption: picture.caption.clone(),
        credit: picture.credit.clone(),
    };
    let content = Content {
        title: spec.title.clone(),
        lead: spec.lead.clone(),
        body,
        byline: spec.byline.clone(),
        cover: cover.map(shown),
        related: spec.related.iter().filter_map(|slug| known.get(slug).map(|(id, _)| *id)).collect(),
        tags: spec.tags.clone(),
        translates: original.map(|(_, revision)| revision),
        period: spec.period.as_deref().map(Into::into),
        ..Content::default()
    };
    let new = press::NewArticle {
        kind,
        column,
        lang: spec.lang,
        translation_of: original.map(|(id, _)| id),
        content,
    };
    let article = press::create_article(ws, acting, "", &new).await?;
    press::set_slug(ws, acting, "", article.id, &spec.slug).await?;
    for act in [ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Publish] {
        press::act(ws, acting, "", article.id, &press::Doing::new(act)).await?;
    }
    Ok(Some(article.id))
}
