//! `kijun eval`: one question to the evidence.

use kijun_source::{Lang, bilingual};

use crate::arguments::{Arguments, Eval};
use crate::command::asking::Asking;
use crate::exit::Exit;
use crate::output;

pub(crate) fn eval(arguments: &Arguments, eval: &Eval, lang: Lang) -> Exit {
    let Some(mut asking) = Asking::open(arguments, &eval.dates, lang) else { return Exit::Broken };
    let Some(inquiry) = asking.inquire(&eval.expr, lang) else { return Exit::Broken };
    if !eval.json {
        asking.introduce(lang);
        output::result(&asking.answer_text(&inquiry, lang));
        return Exit::Good;
    }
    match kijun_pack::answer::render(&asking.answer(&inquiry), &inquiry.program.calendar.zone) {
        Ok(text) => {
            output::result(&text);
            Exit::Good
        }
        Err(error) => {
            let text = bilingual!("JSON を書けない: {error}", "cannot write the JSON: {error}");
            output::complain(lang, &text);
            Exit::Broken
        }
    }
}
