//! What judges the answers to an attestation: a rule about the last answer that is still in force.
//!
//! Who may answer belongs to the population, so that what another says is no answer at all; the documents belong to the requirement, so that a `no` needs
//! none. Neither is ever false: an answer that does not count shows nothing. It still takes the place of those before it.

use kijun_ir::{
    ArithmeticOp, Binding, CompareOp, Expr, ExprKind, FactId, IndexVec, Judged, Kind, Pattern, Population,
    Program, Quantifier, Rule, Template, TemplatePart, Type, Value, VarId,
};
use kijun_source::{Bilingual, Span, bilingual};

use crate::check::{literal, literal::normal};
use crate::given::ANSWERS;

/// Where the parts of an attestation stand.
pub(super) struct Places {
    pub(super) question: Span,
    pub(super) answered_by: Vec<Span>,
    pub(super) attach: Vec<Span>,
    pub(super) holds_for: Span,
}

/// An answer that takes the place of the one that is judged.
const LATER: VarId = VarId(1);

/// The register of answers. What no clause says has the place of the attestation's name.
struct Register<'a> {
    program: &'a Program,
    fact: FactId,
    attest: &'a kijun_ir::Attest,
    places: &'a Places,
}

/// The rule that judges the answers; `None` where the register could not be declared.
pub(super) fn judge(program: &Program, attest: &kijun_ir::Attest, places: &Places) -> Option<Rule> {
    let register = Register { program, fact: program.fact(ANSWERS)?, attest, places };
    let binding = |name: &str| Binding { name: name.to_owned(), fact: register.fact };
    Some(Rule {
        name: attest.name.clone(),
        label: attest.label.clone(),
        doc: attest.doc.clone(),
        covers: attest.covers.clone(),
        severity: attest.severity,
        judged: Judged::AtToday,
        population: Some(register.population()?),
        require: register.requirement()?,
        excused: Vec::new(),
        due: None,
        message: register.message()?,
        remedy: None,
        vars: IndexVec::from_iter([binding("回答"), binding("後の回答")]),
        span: attest.span,
    })
}

impl Register<'_> {
    /// The last answers of those that are in force: several where they were given on one day.
    fn population(&self) -> Option<Population> {
        let mut parts = self.given(Rule::SUBJECT)?;
        parts.push(self.in_force()?);
        parts.push(self.last()?);
        parts.push(self.by_one_who_may()?);
        let condition = Some(self.own(ExprKind::And(parts)));
        let (var, fact, span) = (Rule::SUBJECT, self.fact, self.attest.span);
        Some(Population {
            rows: Quantifier { var, fact, at: None, condition, span },
            pair: None,
            or_none: false,
        })
    }

    /// A `yes` with all documents.
    fn requirement(&self) -> Option<Expr> {
        let yes = Expr { span: self.places.question, ..self.field(Rule::SUBJECT, "answer")? };
        let mut parts = vec![yes];
        for (document, place) in self.attest.attach.iter().zip(&self.places.attach) {
            parts.push(self.attached(document, *place)?);
        }
        Some(if parts.len() > 1 { self.own(ExprKind::And(parts)) } else { parts.remove(0) })
    }

    /// It is about what is asked, and was given by the date of judgement.
    fn given(&self, var: VarId) -> Option<Vec<Expr>> {
        let item = self.field(var, "item")?;
        let Kind::Enum(items) = item.ty.kind else { return None };
        let mut values = self.program.enums[items].values.iter();
        let position = values.position(|value| value.name == self.attest.name)?;
        let asked = self.literal(Value::Enum(u16::try_from(position).ok()?), item.ty.kind);
        let today = Expr::new(ExprKind::Today, Kind::Date, self.attest.span);
        let on = self.field(var, "answered_on")?;
        Some(vec![self.compare(CompareOp::Eq, item, asked), self.compare(CompareOp::Le, on, today)])
    }

    /// It has not run out: its last day is that many months or days after the day on which it was given.
    fn in_force(&self) -> Option<Expr> {
        let span = self.places.holds_for;
        let length = Expr { span, ..self.literal(Value::Duration(self.attest.holds_for), Kind::Duration) };
        let on = self.field(Rule::SUBJECT, "answered_on")?;
        let sum = ExprKind::Arithmetic { op: ArithmeticOp::Add, left: Box::new(on), right: Box::new(length) };
        let last_day = Expr::new(sum, Kind::Date, self.attest.span);
        let today = Expr::new(ExprKind::Today, Kind::Date, self.attest.span);
        Some(Expr { span, ..self.compare(CompareOp::Ge, last_day, today) })
    }

    /// None was given on a later day.
    fn last(&self) -> Option<Expr> {
        let mut parts = self.given(LATER)?;
        let (later, this) = (self.field(LATER, "answered_on")?, self.field(Rule::SUBJECT, "answered_on")?);
        parts.push(self.compare(CompareOp::Gt, later, this));
        let condition = Some(self.own(ExprKind::And(parts)));
        let rows = Quantifier { var: LATER, fact: self.fact, at: None, condition, span: self.attest.span };
        Some(self.own(ExprKind::Not(Box::new(self.own(ExprKind::Some(Box::new(rows)))))))
    }

    /// Somebody gave it, in a role that may.
    fn by_one_who_may(&self) -> Option<Expr> {
        let roles = self.attest.answered_by.iter().zip(&self.places.answered_by);
        let roles =
            roles.map(|(role, place)| Expr { span: *place, ..self.literal(literal::text(role), Kind::Text) });
        let list = roles.collect();
        let role = self.own(ExprKind::OneOf { item: Box::new(self.field(Rule::SUBJECT, "role")?), list });
        let nobody = self.literal(Value::text(""), Kind::Text);
        let person = self.compare(CompareOp::Ne, self.field(Rule::SUBJECT, "answered_by")?, nobody);
        let (ja, en) = (self.attest.answered_by.join("」か「"), self.attest.answered_by.join(", "));
        let demand = bilingual!("「{ja}」の役割の者の署名", "the signature of one in the role of {en}");
        let place = self.places.answered_by.iter().copied().reduce(Span::to)?;
        Some(self.admissible(demand, self.own(ExprKind::And(vec![role, person])), place))
    }

    /// A document is attached.
    fn attached(&self, document: &str, place: Span) -> Option<Expr> {
        let nothing = self.literal(Value::text(""), Kind::Text);
        let attachments = Box::new(self.field(Rule::SUBJECT, "attachments")?);
        let default = Box::new(nothing);
        let kind = ExprKind::Else { value: attachments, default };
        let text = Box::new(Expr::new(kind, Kind::Text, self.attest.span));
        let pattern = Pattern::list_with(&normal(document)).ok()?;
        let demand = bilingual!("添付書類「{document}」", "the document {document} attached");
        Some(self.admissible(demand, self.own(ExprKind::Matches { text, pattern }), place))
    }

    fn message(&self) -> Option<Template> {
        let field = |name| self.field(Rule::SUBJECT, name).map(TemplatePart::Value);
        let text = |text: String| TemplatePart::Text(text);
        let question = &self.attest.question;
        let parts = vec![
            field("answered_on")?,
            text(": ".to_owned()),
            field("role")?,
            text(format!("が「{question}」に「いいえ」と答えた")),
        ];
        Some(Template { parts })
    }

    fn admissible(&self, demand: Bilingual, condition: Expr, place: Span) -> Expr {
        let kind = ExprKind::Admissible { demand, condition: Box::new(condition) };
        Expr::new(kind, Kind::Bool, place)
    }

    fn field(&self, var: VarId, name: &str) -> Option<Expr> {
        let field = self.program.facts[self.fact].field(name)?;
        let ty: Type = self.program.facts[self.fact].fields[field].ty;
        Some(Expr { kind: ExprKind::Field { var, field }, ty, span: self.attest.span })
    }

    fn literal(&self, value: Value, kind: Kind) -> Expr {
        Expr::new(ExprKind::Literal(value), kind, self.attest.span)
    }

    fn compare(&self, op: CompareOp, left: Expr, right: Expr) -> Expr {
        self.own(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) })
    }

    /// A condition that no clause says.
    fn own(&self, kind: ExprKind) -> Expr {
        Expr::new(kind, Kind::Bool, self.attest.span)
    }
}
