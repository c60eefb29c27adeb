//! `kijun repl`: questions to the evidence, one after the other.

mod completeness;
mod completion;
mod line;
mod order;
mod terminal;

use std::io::IsTerminal;

use kijun_source::{Bilingual, Lang};

use crate::arguments::{Arguments, Repl};
use crate::command::asking::Asking;
use crate::exit::Exit;
use crate::output;

use self::completeness::is_complete;
use self::completion::Words;
use self::line::{Line, Lines, Piped};
use self::order::{Order, obey};
use self::terminal::Terminal;

pub(crate) fn repl(arguments: &Arguments, repl: &Repl, lang: Lang) -> Exit {
    let Some(mut asking) = Asking::open(arguments, &repl.dates, lang) else { return Exit::Broken };
    asking.introduce(lang);
    if !std::io::stdin().is_terminal() {
        converse(&mut asking, &mut Piped, lang);
        return Exit::Good;
    }
    let words = Words::of(&asking.workspace.program);
    let Some(mut terminal) = Terminal::open(words, !repl.no_history, lang) else { return Exit::Broken };
    output::note(Bilingual::new("使い方は :help、終わりは :quit", ":help says how, :quit ends").get(lang));
    converse(&mut asking, &mut terminal, lang);
    Exit::Good
}

/// Asks until there is nothing more to ask.
fn converse(asking: &mut Asking, lines: &mut dyn Lines, lang: Lang) {
    while let Some(question) = next_question(lines) {
        match Order::read(&question) {
            Some(Order::Quit) => return,
            Some(order) => obey(asking, &order, lang),
            None => ask(asking, &question, lang),
        }
    }
}

/// The next question or order, over as many lines as it takes: an empty line ends what is not complete.
fn next_question(lines: &mut dyn Lines) -> Option<String> {
    let mut question = String::new();
    loop {
        match lines.next(!question.is_empty()) {
            Line::Text(line) if line.trim().is_empty() && question.is_empty() => continue,
            Line::Text(line) => {
                let ends = line.trim().is_empty();
                question.push_str(&line);
                if ends || Order::read(&question).is_some() || is_complete(&question) {
                    lines.keep(question.trim());
                    return Some(question.trim().to_owned());
                }
                question.push('\n');
            }
            Line::Dropped => question.clear(),
            Line::End if question.is_empty() => return None,
            Line::End => return Some(question.trim().to_owned()),
        }
    }
}

/// Answers a question; the name of a fact by itself asks what it is.
fn ask(asking: &mut Asking, question: &str, lang: Lang) {
    if crate::command::catalogue(&asking.workspace).fact(question).is_some() {
        return obey(asking, &Order::Fact(question), lang);
    }
    if let Some(inquiry) = asking.inquire(question, lang) {
        output::result(&asking.answer_text(&inquiry, lang));
    }
}
