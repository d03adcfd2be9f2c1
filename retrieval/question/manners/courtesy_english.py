"""The rules of good manners in English, as those of ``retrieval.question.manners.courtesy``; their names begin with E."""

# ruff: noqa: E501 (a rule is easier to read whole)

ENGLISH_COURTESY = {
    "E_LEAD": "({E_SOFT} )+(?=#|who|what|when|where|which|why|how|is|are|do|does|can|could)|(ok|okay|well|so|um|hmm|oh) (?=;|{E_ASK}|{E_HELLO})|({E_WHO}) (?=;)",
    "E_WHO": "(yo|there|everyone|everybody|all|guys|folks|team|admin|bot|sir|madam|sir or madam|sir madam|friend|friends|mate|ad|you|again|dear)",
    "E_HELLO": "(hi|hello|hey|hiya|greetings|good day|good morning|good afternoon|good evening|dear) ({E_WHO} )*(?=#|$|{E_ASK}|who|what|when|where|which|why|how|is|are|do|does|did|can|could|will|should|i|please)",
    "E_SORRY": "(i m |i am |so |very |really )*(sorry|excuse me|pardon me|pardon|forgive me)( (to|for) (bother|bothering|ask|asking|disturb|disturbing|trouble|troubling)( (you|this|again|guys))*)?( but)?( (if|that|in case) (~){1,7}? (?=;|but))? (?=#|$|{E_ASK}|who|what|when|where|which|why|how|but)( ;? but)?",
    "E_UNSURE": "(i m |i am )?not (really )?sure (who|whom|where)( else)? to ask( this)?( ;)?( but| so)?",
    "E_MORE": "(and|oh|just|ok|also)* (one|a|another)( (more|last|quick|other|final))* (thing|question|one) (please)? (?=#)",
    "E_TELL": (
        "(tell (me|us)|let (me|us) know|inform (me|us)|advise (me|us)?|explain( to (me|us))?|help (me|us)( out)?( to)?( (find out|find|understand|know|figure out|with|by telling me))?( with)?( (this|that|something|one thing|a question))?"
        "|(give|send|share|provide|show) (me|us|with me)( (some|any|more|the|further))?( (info|information|details))|point me to|clarify|remind me|enlighten me|shed some light|check( for me)?)"
        "( please)?( (about|on|regarding|if|whether|of))?"
    ),
    "E_KNOW": "(know|have any idea|have an idea|have a clue|remember)( (about|if|whether|of))?",
    "E_ASK": (
        "((and|so|ok|well|anyway|but|also) )?("
        "(could|can|would|will|may|might) (you|u|anyone|someone|anybody|somebody|one of you)( (all|guys|here|please|kindly|pls|plz|possibly|perhaps|maybe|be so kind as to|be kind enough to|be able to|just|also|mind))* ({E_TELL}|telling (me|us))"
        "|(please|kindly|pls|plz)( ;)? {E_TELL}|{E_TELL_ME}"
        "|(do|would|does|did)( (you|u|anyone|anybody|somebody|someone|any of you))( (guys|all|here|happen to|by any chance|know where|out there|please))* {E_KNOW}"
        "|(any(one|body)|some(one|body)|anyone|anybody)( (here|out there))? (know|knows|have any idea)( (about|if|whether))?"
        "|(may|can|could|might) i( (please|just|kindly))? (ask|know|inquire|enquire)( (you|a question|something|about|if|whether|please))*"
        "|(i|we) ((d|would|really|just|m|am|was|ve been|have been|also) )*(like|love|want|wanna|need|wish|trying|wondering|curious|hoping|interested|dying)( (to|in))? (know|ask|find out|finding out|learn|inquire|enquire|understand|check|figure out|be told|knowing|learning)( (you|more|something|about|if|whether|from you|a question|please|for))*"
        "|((i|we) )?((m|am|was|were|just|been|have been|also) )*(wondering|wonder|curious)( (if|whether) (you|u|anyone|someone|you guys) (could|can|would|know|might|happen to know|knew)( {E_TELL})?| (if|whether|about))?"
        "|((i|we) )?((just|have|ve|got|had|a|one|another|quick|small|simple|short|silly|stupid|dumb) )+question( (for you|about|regarding|on|here|please))*"
        "|((i|we) )?((m|am|just) )*looking for( some| any| more)? (info|information|details)( (about|on|regarding))?"
        "|it would be (great|nice|helpful|lovely|kind) if you (could|can|would) {E_TELL}"
        "|((i|we) )?((d|would|will|ll|really) )*(appreciate it if|be grateful if|be happy if|be glad if) you (could|can|would) {E_TELL}"
        "|(my|the|here is my|here s my) question is|any idea( (about|if))?|(i|we) (need|want) (info|information|details)( (about|on))?"
        "|(i|we) (do not|don t|dont) know( if| whether)?|{E_ASKED}"
        "|(this|it|that) (may|might|will|is|s|could)( (probably|be|sound|sounds|seem|a|really|so))* (silly|dumb|stupid|basic|weird|odd)( (question|one))?( ;)? but"
        ")"
    ),
    "E_ASKED": "(he|she|they|my (~)) (asked|told|wants|wanted) (me|us) ((to (ask|find out|check)|if|whether|about)( (you|about|if|whether))*|(?=#|who|what|when|where|which|why|how))",
    "E_LATER": "(please |pls )?(let me know|get back to me|write back|reply|answer)( me)?( (when|whenever|if|as soon as) you can| soon| asap)",
    "E_TELL_ME": "(tell me|let me know)( please)?( (about|if|whether))?",
    "E_THANK": (
        "((and|so|ok) )?(i |we )?((many|much|a lot of|so|very|big|ll|will|would|d|really) )*(thanks|thank you|thank u|thank|thankyou|thx|thnx|ty|tysm|tks|cheers|appreciate it|appreciate your help|much appreciated|appreciated|be grateful)"
        "( (so|very|much|a|lot|heaps|loads|ton|tons|million|bunch|in|advance|again|for|your|the|any|all|help|time|assistance|answer|reply|support|kind|attention|you|guys|everyone|all|admin|team|sir|madam|mate|and))*"
    ),
    "E_FOR_ME": "for (me|us)( please| pls)?",
    "E_THANK_ONCE": "(many )?(thanks|thank you|thank u|thx|tks|cheers)( (so|very|much|a|lot|in|advance|you|guys|mate|all|everyone))*",
    "E_BYE": (
        "((best|kind|warm|kindest|warmest|with|my) )*(regards|wishes) ;? (~){0,3}|(yours )?(sincerely|faithfully|truly)( yours)? ;? (~){0,3}|all the best( (~){0,2})?|god bless( you| you all)?|((that|it|this) )?would be ((so|super|very|really|much) )*(helpful|great|nice|appreciated|lovely)"
        "|have a (~){0,2} (day|evening|night|weekend|one|morning|time)( (everyone|all|ahead|guys))*"
        "|(any|some|your) (help|advice|info|information|answer|pointers)( (would|will|is|are|be|much|greatly|highly|really|very))* (appreciated|great|welcome|nice|helpful)"
        "|(i )?(look|looking) forward to (~){1,5}|{E_LATER}|help( me)?( please| pls)?|((it s|this is) )?(urgent|asap)|please help( me)?"
    ),
    "E_SOFT": "(please|pls|plz|kindly|by any chance|thanks|thx|sir|madam|mate|guys|man|bro|dear)",
}
