//! Types as written and as people read them.

use kijun_ir::{EnumId, FactId, Index, Kind, Type};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast;

use crate::check::{Checker, Lookup};
use crate::diagnostics::{KEY, LIST, TYPE_MISMATCH, UNKNOWN_TYPE};
use crate::names::{Entity, suggest};

/// The types of the language, by their English names.
const BASIC: [(&str, Kind); 10] = [
    ("text", Kind::Text),
    ("int", Kind::Int),
    ("decimal", Kind::Decimal),
    ("bool", Kind::Bool),
    ("date", Kind::Date),
    ("datetime", Kind::DateTime),
    ("duration", Kind::Duration),
    ("period", Kind::Period),
    ("ip", Kind::Ip),
    ("cidr", Kind::Cidr),
];

impl Checker<'_> {
    /// The type of that name, which must be that of one value; reports where there is none.
    pub(super) fn value_type(&mut self, ty: &ast::TypeName) -> Option<Type> {
        if ty.list {
            let message =
                Bilingual::new("一覧の型はパラメータだけに書ける", "only a parameter may be a list");
            let help = Bilingual::new(
                "複数の値は、行を分けた証拠か表にする",
                "make several values rows of evidence or of a table",
            );
            self.report(Diagnostic::new(&LIST, ty.name.span, message).help(help));
            return None;
        }
        self.element_type(ty)
    }

    /// The type of a value, or of the elements of a list.
    pub(super) fn element_type(&mut self, ty: &ast::TypeName) -> Option<Type> {
        let kind = if ty.reference {
            let fact = self.fact(&ty.name)?;
            self.require_key(fact, ty.name.span)?;
            Kind::Ref(fact)
        } else {
            self.named_kind(&ty.name)?
        };
        Some(Type { kind, optional: ty.optional })
    }

    fn named_kind(&mut self, name: &ast::Name) -> Option<Kind> {
        if let Some((_, kind)) = BASIC.iter().find(|(basic, _)| *basic == name.text) {
            return Some(*kind);
        }
        let found = match self.lookup(&name.text, name.span) {
            Lookup::Found(entity @ Entity::Enum(index)) => {
                self.note(entity, name.span);
                return Some(Kind::Enum(EnumId::from_index(index)));
            }
            Lookup::Settled => return None,
            Lookup::Found(entity) => self.names.fact_id(entity),
            Lookup::Missing => None,
        };
        let text = &name.text;
        let diagnostic = Diagnostic::new(
            &UNKNOWN_TYPE,
            name.span,
            bilingual!("型 `{text}` は存在しない", "there is no type `{text}`"),
        );
        let diagnostic = if found.is_some() {
            diagnostic.help(bilingual!(
                "行を指す項目は ⟦ref {text}|参照 {text}⟧ と書く",
                "a field that names a row is written ⟦ref {text}|参照 {text}⟧"
            ))
        } else {
            let declared = self.names.nearest(self.unit, text, |entity| matches!(entity, Entity::Enum(_)));
            let basic = nearest(text, BASIC.iter().map(|(name, _)| *name));
            suggest(diagnostic, basic.or(declared))
        };
        self.report(diagnostic);
        None
    }

    /// Reports where rows of the fact have no key to be referred to by.
    fn require_key(&mut self, fact: FactId, span: Span) -> Option<()> {
        let declared = &self.program.facts[fact];
        if declared.key.is_some() {
            return Some(());
        }
        let name = &declared.name;
        let message =
            bilingual!("`{name}` にはキーがないので参照できない", "`{name}` has no key to refer to");
        let diagnostic = Diagnostic::new(&KEY, span, message)
            .and(declared.span, Bilingual::new("ここで宣言", "declared here"))
            .help(bilingual!(
                "`{name}` の項目の一つに ⟦key|識別⟧ を付ける",
                "put ⟦key|識別⟧ before one field of `{name}`"
            ));
        self.report(diagnostic);
        None
    }

    /// A type as people read it.
    pub(super) fn type_label(&self, ty: Type) -> Bilingual {
        let mut label = self.kind_label(ty.kind);
        if ty.optional {
            label.ja.push_str("（none あり）");
            label.en.push_str(" that may be none");
        }
        label
    }

    pub(super) fn kind_label(&self, kind: Kind) -> Bilingual {
        match kind {
            Kind::Text => Bilingual::new("文字列 text", "text"),
            Kind::Int => Bilingual::new("整数 int", "int"),
            Kind::Decimal => Bilingual::new("小数 decimal", "decimal"),
            Kind::Bool => Bilingual::new("真偽 bool", "bool"),
            Kind::Date => Bilingual::new("日付 date", "date"),
            Kind::DateTime => Bilingual::new("日時 datetime", "datetime"),
            Kind::Duration => Bilingual::new("時間の長さ duration", "duration"),
            Kind::Period => Bilingual::new("期間 period", "period"),
            Kind::Ip => Bilingual::new("IPアドレス ip", "ip"),
            Kind::Cidr => Bilingual::new("ネットワーク cidr", "cidr"),
            Kind::Enum(id) => {
                let name = &self.program.enums[id].name;
                Bilingual::new(format!("選択肢 {name}"), format!("enum {name}"))
            }
            Kind::Ref(id) => {
                let name = &self.program.facts[id].name;
                Bilingual::new(format!("参照 ref {name}"), format!("ref {name}"))
            }
        }
    }

    /// Reports a value of another kind than is needed.
    pub(super) fn mismatch(&mut self, span: Span, expected: Kind, found: Type) {
        let diagnostic = self.mismatched(span, expected, found);
        self.report(diagnostic);
    }

    pub(super) fn mismatched(&self, span: Span, expected: Kind, found: Type) -> Diagnostic {
        let wanted = self.kind_label(expected);
        let found = self.type_label(found);
        let message = Bilingual::new(
            format!("{} が要るところに {} がある", wanted.ja, found.ja),
            format!("expected {}, found {}", wanted.en, found.en),
        );
        Diagnostic::new(&TYPE_MISMATCH, span, message)
    }
}
