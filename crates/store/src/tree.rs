//! The record of the tree: events, in the order in which they were entered.

use jiff::Timestamp;
use nhipcau_domain::{
    id::OfficeId,
    tree::{Change, TreeEvent},
};

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    LAST = "SELECT coalesce(max(seq), 0) FROM tree_event";
    APPEND = "INSERT INTO tree_event (seq, on_day, body, office, at) VALUES /*rows:5*/";
    BATCHES = "SELECT min(seq), max(seq), office, at FROM tree_event GROUP BY office, at ORDER BY min(seq)";
    BETWEEN = "SELECT seq, on_day, body, office, at FROM tree_event WHERE seq >= $1 AND seq <= $2 ORDER BY seq";
    EVENTS = "SELECT seq, on_day, body, office, at FROM tree_event ORDER BY seq";
}

/// An event of the tree, with who entered it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEventRecord {
    /// Its place in the record, from 1.
    pub seq: i64,
    /// What happens.
    pub event: TreeEvent,
    /// Who entered it.
    pub office: OfficeId,
    /// When it was entered.
    pub at: Timestamp,
}

/// Events that were entered at one time by one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeBatch {
    /// The first one's place in the record.
    pub first: i64,
    /// The last one's.
    pub last: i64,
    /// Who entered them.
    pub office: OfficeId,
    /// When they were entered.
    pub at: Timestamp,
}

impl Tx {
    /// The events by when they were entered, in order.
    pub async fn tree_batches(&mut self) -> Result<Vec<TreeBatch>> {
        let read = |row: &Row| {
            Ok(TreeBatch {
                first: row.int(0)?,
                last: row.int(1)?,
                office: row.text(2)?.into(),
                at: row.time(3)?,
            })
        };
        self.rows(BATCHES, &args![]).await?.iter().map(read).collect()
    }

    /// The events at these places of the record, both included.
    pub async fn tree_events_between(&mut self, first: i64, last: i64) -> Result<Vec<TreeEvent>> {
        self.rows(BETWEEN, &args![first, last]).await?.iter().map(event).collect()
    }

    /// Adds events to the record, in this order. Call [`Tx::bump_change`] first: it gives this
    /// transaction the right to the next places.
    pub async fn append_tree_events(
        &mut self,
        events: &[TreeEvent],
        office: &OfficeId,
        at: Timestamp,
    ) -> Result<()> {
        let last = self.row(LAST, &args![]).await?.map_or(Ok(0), |r| r.int(0))?;
        let mut values = Vec::with_capacity(events.len() * 5);
        for (seq, event) in (last + 1..).zip(events) {
            let body =
                serde_json::to_string(&event.change).map_err(|e| StoreError::corrupt(e.to_string()))?;
            values.extend(args![seq, event.on.to_string(), body, office.as_str(), at]);
        }
        self.run_rows(APPEND, 5, &values).await?;
        Ok(())
    }

    /// Every event, in the order in which they were entered.
    pub async fn tree_events(&mut self) -> Result<Vec<TreeEvent>> {
        self.rows(EVENTS, &args![]).await?.iter().map(event).collect()
    }

    /// Every event with who entered it and when.
    pub async fn tree_event_records(&mut self) -> Result<Vec<TreeEventRecord>> {
        let rows = self.rows(EVENTS, &args![]).await?;
        let record = |r: &Row| {
            Ok(TreeEventRecord {
                seq: r.int(0)?,
                event: event(r)?,
                office: r.text(3)?.into(),
                at: r.time(4)?,
            })
        };
        rows.iter().map(record).collect()
    }
}

fn event(row: &Row) -> Result<TreeEvent> {
    let change: Change = serde_json::from_str(row.text(2)?)
        .map_err(|e| StoreError::corrupt(format!("tree_event {}: {e}", row.int(0).unwrap_or(0))))?;
    Ok(TreeEvent { on: row.day(1)?, change })
}
