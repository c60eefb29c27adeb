//! Generates relations: joins and unions, with conditions that negate and aggregate; circles of them.

use kijun_ir::{
    Branch, Expr, ExprKind, FactId, FactKind, FieldId, Program, Quantifier, Relation, Type, VarId,
};
use kijun_source::Span;

use super::choices::Choices;
use super::facts::Group;
use super::values::Days;
use super::writer::{Place, Writer, all, moment};

/// The members of a group. The relations that come before them are in the program already.
pub(crate) fn group(choices: &mut Choices, program: &Program, days: &Days, group: &Group) -> Vec<Relation> {
    let stratum = program.relations.values().map(|relation| relation.stratum + 1).max().unwrap_or(0);
    let mut members: Vec<Relation> = group
        .facts
        .iter()
        .map(|fact| Relation {
            fact: *fact,
            branches: branches(choices, program, days, group, *fact),
            recursive: group.recursive,
            stratum,
            reads: Vec::new(),
            timed: false,
        })
        .collect();
    let read: Vec<FactId> = members.iter().flat_map(Relation::direct_reads).collect();
    let timed = members.iter().any(mentions_moment) || read.iter().any(|fact| is_timed(program, *fact));
    let mut reads: Vec<FactId> = read.into_iter().flat_map(|fact| through(program, fact)).collect();
    reads.sort_unstable();
    reads.dedup();
    for member in &mut members {
        member.reads.clone_from(&reads);
        member.timed = timed;
        if timed {
            read_at_moment(member, &group.facts);
        }
    }
    members
}

/// The members of a circle are read as of the moment as of which they are derived.
fn read_at_moment(member: &mut Relation, group: &[FactId]) {
    let atoms = member.branches.iter_mut().flat_map(|branch| &mut branch.atoms);
    for atom in atoms.filter(|atom| group.contains(&atom.fact)) {
        atom.at = Some(moment());
    }
}

fn is_timed(program: &Program, fact: FactId) -> bool {
    match program.facts[fact].kind {
        FactKind::State => true,
        FactKind::Relation(relation) => {
            program.relations.get(relation).is_some_and(|relation| relation.timed)
        }
        _ => false,
    }
}

/// The facts themselves, or those that relations are made of.
fn through(program: &Program, fact: FactId) -> Vec<FactId> {
    match program.facts[fact].kind {
        FactKind::Relation(relation) => {
            program.relations.get(relation).map_or_else(Vec::new, |relation| relation.reads.clone())
        }
        _ => vec![fact],
    }
}

fn mentions_moment(relation: &Relation) -> bool {
    let mut found = false;
    for expr in relation.branches.iter().flat_map(Branch::exprs) {
        expr.walk(&mut |expr| found |= matches!(expr.kind, ExprKind::Moment));
    }
    found
}

fn branches(
    choices: &mut Choices,
    program: &Program,
    days: &Days,
    group: &Group,
    fact: FactId,
) -> Vec<Branch> {
    let count = if group.recursive { choices.within(1..3) } else { choices.within(1..4) };
    let mut made: Vec<Branch> =
        (0..count).map(|_| branch(choices, program, days, fact, !group.recursive)).collect();
    if group.recursive {
        made.push(step(choices, program, days, group, next_of(group, fact), fact));
        if choices.chance(40) {
            let member = choices.pick(&group.facts);
            made.push(step(choices, program, days, group, member, fact));
        }
    }
    made
}

/// The next member of a circle, which each reads so that it is one.
fn next_of(group: &Group, fact: FactId) -> FactId {
    let at = group.facts.iter().position(|member| *member == fact).unwrap_or_default();
    group.facts[(at + 1) % group.facts.len()]
}

/// A branch that reads no member of its own circle; with `free`, its yields may be anything.
fn branch(choices: &mut Choices, program: &Program, days: &Days, fact: FactId, free: bool) -> Branch {
    let mut writer = Writer::new(choices, program, days, Place::Relation);
    let mut atoms = Vec::new();
    let mut conditions = Vec::new();
    for _ in 0..writer.choices.pick(&[1, 1, 2, 2, 3]) {
        let read = writer.any_fact();
        let at = writer.moment_of_reading(read);
        let atom = add(&mut writer, &mut conditions, read, at);
        atoms.push(atom);
    }
    conditions.extend(writer.outside_all(1));
    finish(writer, atoms, conditions, fact, free)
}

/// A branch that chains rows of a member of its circle with those of one again, or of something else.
fn step(
    choices: &mut Choices,
    program: &Program,
    days: &Days,
    group: &Group,
    member: FactId,
    fact: FactId,
) -> Branch {
    let mut writer = Writer::new(choices, program, days, Place::Relation);
    let mut atoms = Vec::new();
    let mut conditions = Vec::new();
    let atom = add(&mut writer, &mut conditions, member, None);
    atoms.push(atom);
    if writer.choices.chance(85) {
        let is_member = writer.choices.chance(30);
        let read = if is_member { writer.choices.pick(&group.facts) } else { writer.any_fact() };
        let at = if is_member { None } else { writer.moment_of_reading(read) };
        let atom = add(&mut writer, &mut conditions, read, at);
        atoms.push(atom);
    }
    finish(writer, atoms, conditions, fact, false)
}

/// Joins the rows of one more fact.
fn add(writer: &mut Writer<'_>, conditions: &mut Vec<Expr>, fact: FactId, at: Option<Expr>) -> Quantifier {
    let var = writer.bind(fact);
    let limits = writer.limits(fact, var);
    writer.enter(var);
    conditions.extend(limits);
    let joined = if var.0 > 0 { 85 } else { 15 };
    if writer.choices.chance(joined) {
        conditions.push(writer.join(var));
    }
    Quantifier { var, fact, at, condition: None, span: Span::default() }
}

fn finish(
    mut writer: Writer<'_>,
    atoms: Vec<Quantifier>,
    mut conditions: Vec<Expr>,
    fact: FactId,
    free: bool,
) -> Branch {
    if writer.choices.chance(40) {
        let more = writer.condition(2);
        conditions.push(more);
    }
    let fields: Vec<Type> = writer.program.facts[fact].fields.values().map(|field| field.ty).collect();
    let yields = fields.into_iter().map(|ty| yielded(&mut writer, &atoms, ty, free)).collect();
    Branch { atoms, condition: all(conditions), yields, vars: writer.vars, span: Span::default() }
}

fn yielded(writer: &mut Writer<'_>, atoms: &[Quantifier], ty: Type, free: bool) -> Expr {
    if free && writer.choices.chance(25) {
        return writer.value(ty.kind, 1);
    }
    let fields: Vec<(VarId, FieldId)> = atoms
        .iter()
        .flat_map(|atom| {
            let fields = writer.program.facts[atom.fact].fields.iter();
            let fits = fields.filter(|(_, field)| field.ty.kind == ty.kind);
            fits.map(|(id, _)| (atom.var, id)).collect::<Vec<_>>()
        })
        .collect();
    if fields.is_empty() || writer.choices.chance(5) {
        return writer.literal(ty.kind);
    }
    let (var, field) = writer.choices.pick(&fields);
    writer.field(var, field)
}
