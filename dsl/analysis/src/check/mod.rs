//! Declarations to program, each checked on its own so that one that is wrong does not hide the next.

mod call;
mod constant;
mod expr;
mod fact;
mod literal;
mod narrowing;
mod operator;
mod reference;
mod rule;
mod scope;
mod standard;
mod test;

use kijun_ir::{DutyId, EnumId, FactId, Index, IndexVec, Kind, ParamId, Program, Type};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::Options;
use crate::cycles::circular;
use crate::diagnostics::{TYPE_MISMATCH, UNKNOWN_FACT, UNKNOWN_NAME, UNKNOWN_TYPE};
use crate::names::{Entity, Names, suggest};

/// What is known of all declarations while bodies are checked.
struct Checker<'a> {
    names: &'a Names<'a>,
    program: Program,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// How many conditions around this place are wrong, so that what they say of `none` is not known.
    doubts: usize,
    /// For each definition whether it may be used.
    defines: Vec<Option<Type>>,
    /// For each parameter, by declaration, its id; `None` where it is wrong.
    params: Vec<Option<ParamId>>,
}

pub(crate) fn check(
    files: &[ast::File],
    names: &Names<'_>,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Program {
    let _ = files;
    let circular = circular(names, diagnostics);
    let program = Program {
        zone: options.zone.clone(),
        standards: Vec::new(),
        sections: IndexVec::new(),
        criteria: IndexVec::new(),
        duties: IndexVec::new(),
        enums: IndexVec::new(),
        facts: IndexVec::new(),
        params: IndexVec::new(),
        rules: IndexVec::new(),
        tests: Vec::new(),
    };
    let mut checker =
        Checker { names, program, diagnostics, doubts: 0, defines: Vec::new(), params: Vec::new() };
    standard::standards(&mut checker);
    fact::enums(&mut checker);
    fact::facts(&mut checker);
    constant::params(&mut checker, options);
    rule::defines(&mut checker, &circular);
    let rules = rule::rules(&mut checker);
    test::tests(&mut checker, &rules);
    checker.program
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The fact of that name; reports where there is none.
    fn fact(&mut self, name: &ast::Name) -> Option<FactId> {
        match self.names.get(&name.text) {
            Some(Entity::Fact(fact)) => Some(FactId::from_index(fact)),
            _ if self.names.is_broken(&name.text) => None,
            _ => {
                let text = &name.text;
                let message = bilingual!("証拠 `{text}` は宣言されていない", "no fact is named `{text}`");
                let nearest = self.names.nearest(text, |entity| matches!(entity, Entity::Fact(_)));
                self.report(suggest(Diagnostic::new(&UNKNOWN_FACT, name.span, message), nearest));
                None
            }
        }
    }

    /// The type of that name, which must not be that of a row; reports where there is none.
    fn value_type(&mut self, ty: &ast::TypeName) -> Option<Type> {
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
        const BASIC: [(&str, Kind); 7] = [
            ("text", Kind::Text),
            ("int", Kind::Int),
            ("decimal", Kind::Decimal),
            ("bool", Kind::Bool),
            ("date", Kind::Date),
            ("datetime", Kind::DateTime),
            ("duration", Kind::Duration),
        ];
        if let Some((_, kind)) = BASIC.iter().find(|(basic, _)| *basic == name.text) {
            return Some(*kind);
        }
        if let Some(Entity::Enum(index)) = self.names.get(&name.text) {
            return Some(Kind::Enum(EnumId::from_index(index)));
        }
        if self.names.is_broken(&name.text) {
            return None;
        }
        let text = &name.text;
        let diagnostic = Diagnostic::new(
            &UNKNOWN_TYPE,
            name.span,
            bilingual!("型 `{text}` は存在しない", "there is no type `{text}`"),
        );
        let diagnostic = if matches!(self.names.get(text), Some(Entity::Fact(_))) {
            diagnostic.help(bilingual!(
                "行を指す項目は `ref {text}` と書く",
                "a field that names a row is written `ref {text}`"
            ))
        } else {
            let declared = self.names.nearest(text, |entity| matches!(entity, Entity::Enum(_)));
            let basic = kijun_source::nearest(text, BASIC.iter().map(|(name, _)| *name));
            suggest(diagnostic, basic.or(declared))
        };
        self.report(diagnostic);
        None
    }

    /// Reports where rows of the fact have no key to be referred to by.
    fn require_key(&mut self, fact: FactId, span: Span) -> Option<()> {
        let declared = self.names.facts[fact.index()];
        if declared.fields.iter().any(|field| field.key.is_some()) {
            return Some(());
        }
        let name = &declared.name.text;
        let message =
            bilingual!("`{name}` にはキーがないので参照できない", "`{name}` has no key to refer to");
        self.report(
            Diagnostic::new(&crate::diagnostics::KEY, span, message)
                .and(declared.name.span, Bilingual::new("ここで宣言", "declared here"))
                .help(bilingual!(
                    "`{name}` の項目の一つに `key` を付ける",
                    "put `key` before one field of `{name}`"
                )),
        );
        None
    }

    /// A type as people read it.
    fn type_label(&self, ty: Type) -> Bilingual {
        let mut label = self.kind_label(ty.kind);
        if ty.optional {
            label.ja.push_str("（none あり）");
            label.en.push_str(" that may be none");
        }
        label
    }

    fn kind_label(&self, kind: Kind) -> Bilingual {
        match kind {
            Kind::Text => Bilingual::new("文字列 text", "text"),
            Kind::Int => Bilingual::new("整数 int", "int"),
            Kind::Decimal => Bilingual::new("小数 decimal", "decimal"),
            Kind::Bool => Bilingual::new("真偽 bool", "bool"),
            Kind::Date => Bilingual::new("日付 date", "date"),
            Kind::DateTime => Bilingual::new("日時 datetime", "datetime"),
            Kind::Duration => Bilingual::new("期間 duration", "duration"),
            Kind::Enum(id) => {
                let name = &self.names.enums[id.index()].name.text;
                Bilingual::new(format!("選択肢 {name}"), format!("enum {name}"))
            }
            Kind::Ref(id) => {
                let name = &self.names.facts[id.index()].name.text;
                Bilingual::new(format!("参照 ref {name}"), format!("ref {name}"))
            }
        }
    }

    fn mismatch(&self, span: Span, expected: Kind, found: Type) -> Diagnostic {
        let wanted = self.kind_label(expected);
        let found = self.type_label(found);
        let message = Bilingual::new(
            format!("{} が要るところに {} がある", wanted.ja, found.ja),
            format!("expected {}, found {}", wanted.en, found.en),
        );
        Diagnostic::new(&TYPE_MISMATCH, span, message)
    }

    fn unknown_name(&mut self, name: &str, span: Span, local: &[String]) {
        if self.names.is_broken(name) {
            return;
        }
        let message = bilingual!("`{name}` という名前は宣言されていない", "nothing is named `{name}`");
        let locals = kijun_source::nearest(name, local.iter().map(String::as_str)).map(str::to_owned);
        let global =
            self.names.nearest(name, |entity| matches!(entity, Entity::Param(_) | Entity::Define(_)));
        let builtin = kijun_source::nearest(name, ["today", "period"]);
        let nearest = locals.as_deref().or(global).or(builtin);
        self.report(suggest(Diagnostic::new(&UNKNOWN_NAME, span, message), nearest));
    }
}

/// Everything that a clause of the standard is referred to by, in the order of declaration.
fn duty_named(program: &Program, id: &str) -> Option<DutyId> {
    program.duties.iter().find(|(_, duty)| duty.id == id).map(|(id, _)| id)
}
