"""The words in which people wrap a question, and the rules they stand in.

How a rule is written and read stands in ``retrieval.question.manners.grammar``.
"""

# ruff: noqa: E501 (a rule is easier to read whole)

COURTESY = {
    # Who speaks, and to whom.
    "SELF": (
        "((bọn|tụi|chúng) (em|mình|tôi|tui|con|cháu|tớ|mik)|gia đình (em|mình|tôi|tui)|nhà (em|mình|tôi|tui)"
        "|em|e|mình|mk|mik|mềnh|mị|tôi|t|tui|tớ|con|cháu|anh|a|chị|c|cô|chú|bác)"
    ),
    "ASKER": "({SELF}|dì|ông|bà|mệ|o|phụ huynh|người nhà|bà con|người dân|sinh viên|bệnh nhân)",
    "PERSON": (
        "(chuyên gia|luật sư|ls|bác sĩ|bác sỹ|bsĩ|bs|y tá|điều dưỡng|cán bộ|nhân viên|lễ tân|tư vấn viên"
        "|ad|adm|admin|ads|add|min|mod|page|pages|fanpage|bot|chatbot|shop|sốp|sop|hỏi báo|hoibao|tổng đài"
        "|cả nhà|mọi người|mn|mng|mọi ng|(bà con|anh em) (cô bác|cô chú|lối xóm|xa gần|gần xa)|bà con|anh em|ae|anh chị em|ace|các tình yêu|cao nhân"
        "|anh chị|anh hoặc chị|ac|a c|cô chú|o chú|o bác|cô bác|chú bác|thầy cô|ông bà"
        "|bạn|b|anh|a|chị|c|em|e|cô|chú|bác|dì|thầy|ông|bà|cậu|mợ|o|mệ|sếp|mẹ|mom|bố|má|đứa|đồng chí|quý vị"
        ""
        "|team|đội ngũ)"
    ),
    "HOUSE": (
        "(hợp tác xã|htx|cơ quan|ban biên tập|bbt|ban quản trị|ban quản lý|ban giám đốc|tòa soạn|báo|đài|phường|xã|quận|huyện"
        "|ủy ban|ubnd|bệnh viện|bv|trạm y tế|phòng khám|trung tâm|công ty|cty|đơn vị|nhà trường|trường|ngân hàng"
        "|sở|phòng|khoa|công an|hội đồng|lãnh đạo|chính quyền|nhà xe|thư viện|bảo hiểm xã hội|bhxh|văn phòng|vp|cửa hàng|tiệm|quán)"
    ),
    "MANY": "(tất cả|toàn thể|các|mấy|những|quý|các quý)",
    "WHO": (
        "({MANY}? {PERSON} (bên {HOUSE}|(và|hoặc|với)? ({MANY} {PERSON})?)|quý {HOUSE}|{HOUSE} (mình|ta)?)"
        "(mình|thân mến|yêu quý|thân yêu|đáng mến|iu|dễ thương|cute)?"
    ),
    "CALL": "(ơi|ui|ới|oi|êi|ey|này|nè|à|ạ)",
    # Words that only soften.
    "SOFT": "(ạ|ah|nhé|với|vs|(à|nhe|nha|nhá|nhen|nghen|hen|heng|hén|nghe|he|hí|hỉ|hé|ha|hà|luôn|đi|xem|coi|cái|phát) @)",
    "BIT": (
        "(một|1|ngu|thêm|qua|nhanh)* ((tí|tý) (?!(lệ|giá|vi|số|phú))|tẹo|chút|xíu|xí) (xíu|tí|ti|tẹo|thôi|này|nhanh|ngu|nha|nghe|nghen|hen|hí|coi)*"
        "|(một|1|vài|mấy) (miếng|câu|lát|điều|việc|vấn đề|chuyện|cái) (này|nhỏ|ngu|ngốc|hơi ngu)?"
        "|(câu|cái|việc|chuyện|điều|vấn đề) này|thăm? cái (coi|này|nha)|(lại )?(lần|phát|cái|câu) nữa|lại @|liền|ngang|ngu|khí không phải|ngoài lề|(thăm|miếng|dại|nhanh|gấp|thật) @"
        "|thăm (?!(khám|bệnh|viếng|nuôi|quan|dò))|ké|lẹ (?!phí)|luôn"
    ),
    "IF_I_MAY": "(được không|được ko|được k|đc ko|đc k|đc không|dc ko|dc k|dc không|được hông|đc hông|được chứ)",
    "THAT": "(đó là|là|rằng|về việc|về vấn đề|về chuyện|như sau|xem)",
    "MORE": "({BIT}|{SOFT}|;? {WHO} {CALL}|{IF_I_MAY})",
    "TAIL": "{MORE}* {THAT}?",
    # Openings.
    "CHEER": "(buổi sáng|buổi trưa|buổi chiều|buổi tối|ngày mới|cuối tuần)",
    "GREET": "((xin|kính|trân trọng|thân)* (chào|chào thân ái)|hello|helo|hé lô|hế lô|hê lô|hi|hii|hey|hé nhô|alo|a lô|alô|good morning|good afternoon|good evening)",
    "HELLO": (
        "(dạ|vâng)? {SELF}? (xin|kính)? {GREET} (?!cờ (lúc|đầu|mấy|thứ|ngày|sáng|tuần|vào|ở)) ({CHEER} ;? {WHO}|{WHO} ({CHEER}|~ ~? ~? (?=#))?|{CHEER}) {SOFT}*"
    ),
    "HOW_ARE": (
        "(hôm nay|bữa nay|dạo này|lâu nay|nay)? {WHO}? (vẫn|có|thấy|đang)? (khỏe|mạnh giỏi|ăn cơm|rảnh|online|onl|bận) (re|mạnh)? (không|ko|k|hông|hong|hok|chứ|chưa) {SOFT}* (?=#|$|{ASKING})"
        "|how (are|r) (you|u|ya) (doing|today|all|guys)* (?=#|$|{E_ASK})"
        "|(i)? hope (you|all|this|everything) (message|email|note)? (are|re|is|s|finds you)? (all|doing|going)* (well|fine|good|great) (?=#|$|{E_ASK})"
    ),
    "HELLO_BARE": "(dạ|vâng)? {SELF}? {GREET} {SOFT}* @",
    "ALO": "(trời|úi|ối|ôi|ui) (trời|đất|chao|mẹ|cha)? ơi (?!lạnh)|(dạ)? (alo|a lô|alô|(ê|êu|ới) (?=#|{WHO}|{ASKING})) (alo|a lô|ê|hello)* (có ai (ở đó|đó|ở đây|trực|online|onl)? (không|ko|k|hông|hok))?",
    "DEAR": "(dạ|vâng)? ((kính gửi|kính thưa|kính chào|thân gửi|k g) (~){1,8}? @|gửi {WHO} (?=#)|(kính|dạ)? thưa {WHO} ((~){0,4}? (?=;))?|(dạ|kính) thưa (~){1,3}? (?=;))",
    "CALLED": "(dạ )?({WHO}|{MANY} (~){1,2}|{MANY} {PERSON} (~){1,4}?|(chú|anh|chị|cô|bác|các|cán bộ) (~){1,3}?) (ơi|ui|oi|êi|ới) {SOFT}*",
    "NAMED": "({MANY} {PERSON}|ad|admin|min|mod|page|bot|shop) ;",
    "SORRY": (
        "(dạ )?({SELF} )?(xin lỗi|xl|sorry|làm phiền|xin làm phiền|xin phép|thứ lỗi)( đã làm phiền| vì làm phiền| làm phiền)?"
        " (vì (~){1,6}? ;)? {WHO}? ({BIT}|{SOFT}|nhưng|mà)* (?=#|$|cho|{ASKING})"
    ),
    "YES": "(dạ|vâng|dạ vâng|ủa|à|ờ|ừm|ok|oki|uh|um)( (dạ|ạ|thưa|mà|là))* (?=#|$|{ASKING})",
    # What asks to be told.
    "HELP": "(giúp|giùm|dùm|giúp đỡ|hộ|giúp cho|cho|giùm cho)",
    "PLEASE": (
        "(xin vui lòng|xin|vui lòng|vlong|làm ơn|nhờ|xin nhờ|phiền|làm phiền|xin phiền|mong|kính mong|rất mong|kính nhờ|muốn nhờ|cần nhờ"
        "|đề nghị|kính đề nghị|có thể|có ai|ai|hãy|có|em nhờ|mình nhờ|tôi nhờ|e nhờ|con nhờ|tui nhờ|em mong|tôi mong)"
    ),
    "SHOW": "(chỉ|bảo|nói|giải đáp|tư vấn|tv|hướng dẫn|hd|giải thích|trả lời|rep|báo|check|kiểm tra|xem|coi|tra|tra cứu|mách)",
    "TELL": (
        "(cho {ASKER}? (được|xin|xin được|xin phép|mạn phép|phép)? hỏi|cho phép {SELF} (được)? hỏi"
        "|cho {SELF}? (xin)? (được)? biết( thêm)? ((giúp|giùm|dùm|hộ) {SELF}?)?"
        "|cho {SELF} xin ((ít|chút|một ít|1 ít)? (thông tin|info|tt))? (?! (nghỉ|phép|học|việc|cấp|chuyển|vào|vô|ra|thôi|tách|nhập|đổi|làm|đi|được|tạm|gia|miễn|giảm|hưởng|ly|nhận|lại|mở|đăng|về|ở))"
        "|{SHOW} ((giúp|giùm|dùm|giúp đỡ) (({SELF}|{PERSON}) (?!của))?|(hộ|cho|giúp cho|giùm cho) ({SELF}|{PERSON}) (?!của)|{SELF} (hộ|giúp|giùm|dùm))"
        " (biết|hay|nghe)? (câu hỏi|vấn đề|câu)? (này)?"
        "|(giúp|giùm|hộ) {SELF} (biết|tìm hiểu|hiểu|xem|hỏi|với|vs|tí|xíu|chút|phát)"
        "|(chỉ|mách|bảo) {SELF} (với|biết|xíu|tí|nghe|phát|đi|cái))"
    ),
    "WANT": "(xin|muốn|mún|mún|mong|cần|định|tính|đang|rất|chỉ|kính|có thể|mong muốn|đang cần|đang muốn|phép|được|lại|cũng|hơi|nhờ|mạn phép)",
    "ASK": "(hỏi ý kiến|hỏi thăm|hỏi giùm|hỏi giúp|hỏi hộ|hỏi|được biết|biết thêm|biết|tìm hiểu|tham khảo|được tư vấn|được giải đáp|được hướng dẫn|thắc mắc|băn khoăn|phân vân|tò mò|thông tin)",
    "WONDER": (
        "(không biết|ko biết|k biết|hông biết|hổng biết|hok biết|kbiết|chưa biết|ko bít|k bít) (?!(đâu|sao|đường nào) mà)|(không rõ|ko rõ|k rõ|chưa rõ|hổng rõ|không nhớ|ko nhớ|quên mất"
        "|đang băn khoăn|đang thắc mắc|đang phân vân|thắc mắc|băn khoăn)"
    ),
    # Whoever asks here because nobody else could be asked.
    "LOSS": "(mà |vì |tại )?{SELF}? {WONDER} (hỏi|kêu|nhờ|tin|gọi|nhắn|gặp|coi) (ai|đâu|ở đâu|chỗ nào|nơi nào|sao) (hết|nữa|luôn|cả|giờ)* ((nên|thôi|mới|đành) (~){1,8})? (?=#)",
    "ONE_MORE": "(à|dạ|với lại)? (sẵn|tiện|nhân tiện|tiện thể)? {SELF}? (cho|xin)? {SELF}? (hỏi (thêm)?|còn) (một|1|thêm)* (câu|việc|cái|chuyện|ý) (hỏi)? (nữa|khác) {SOFT}* (?=#|$)",
    "ASKING": (
        "(dạ )?(sẵn |nhân tiện |tiện thể |tiện đây )?("
        "({SELF} )?({PLEASE} )*({WHO} (nào )?(có thể |biết |rành |nào )?)?({PLEASE} |rành |biết |thì )*({WHO} )?{TELL} {TAIL}"
        "|{WHO} (chỉ|tư vấn|giải đáp|hướng dẫn) (giúp|giùm|dùm|hộ) {TAIL}"
        "|({PLEASE}|{WHO} (nào|mô)) (biết|rành)? (thì)? (chỉ|tư vấn|giải đáp|hướng dẫn|trả lời) ((giúp|giùm|dùm|hộ) {SELF}?|cho? {SELF}) {TAIL}"
        "|(giúp|cứu) {SELF} ({SOFT}+|@)"
        "|{SELF} ({WANT} )+{ASK} ({WHO} (?=;|là|rằng)|{TAIL}) {THAT}?|(muốn|xin|xin được|cần|cho|được|muốn được|kính|mạn phép|xin phép) hỏi (quý {HOUSE}|{MANY} {PERSON})? {TAIL}"
        "|{SELF} (hỏi|thắc mắc|tò mò) ({MORE} )+{THAT}?|{SELF} hỏi (giùm|giúp|hộ|là)"
        "|hỏi ({BIT}|{SOFT}) {TAIL}"
        "|(mẹ|má|ba|bố|cha|bà|ông|nội|ngoại|mệ|vợ|chồng|anh|chị|cô|chú|bác|dì|cậu|bạn|sếp|chủ) (~)? {SELF}? (biểu|kêu|nhờ|bảo|dặn|sai) {SELF} (lên|ra|qua|vô|nhắn)* hỏi (giùm|giúp|hộ)? (quý? {HOUSE}|{MANY} {PERSON})? {TAIL}"
        "|{SELF} (đang )?(có|còn) (một|1|vài|mấy|chút)? (câu hỏi|thắc mắc|chuyện|việc|vấn đề|điều|nội dung|ý) (này|nhỏ)? (chưa|không)? (nắm)? (rõ|hiểu)? ;? ({PLEASE} |{WANT} )*({WHO} )?({TELL}|{ASK}|{HELP} |tư vấn |giải đáp |hỗ trợ )* {TAIL}"
        "|(nói|kể|chỉ|bảo) {SELF}? (nghe (coi|với|đi|nào|xem|thử)|coi nào|biết với)"
        "|(câu hỏi của {SELF}|thắc mắc của {SELF}|ý {SELF}) là"
        "|{SELF} (thì |cũng )?{WONDER} {TAIL}"
        "|{SELF} (đang |cần |muốn )+(tìm|tìm hiểu|kiếm|xin|tra)? (thông tin|info) {TAIL}"
        ")"
    ),
    # Whoever knows is asked; the rest says what.
    "KNOWN_TO": "(dạ )?(không biết |có )?(ai|{WHO}|ở đây có ai)( nào| ở đây| trong này| ở gần đây)?( có)? (biết|rành|rõ|hay)( (về|vụ|thông tin|cho|giúp|giùm|là|rằng))*",
    # Closings.
    "THANK": (
        "(cảm ơn|cám ơn|cảm ơm|kảm ơn|camon|cảmơn|c ơn|thank|thanks|thanh kiu|thank you|thanks you|thankyou|thank u|many thanks|tks|thks|thx|tk|tysm|đa tạ|đội ơn|biết ơn|hậu tạ)"
    ),
    "WARM": (
        "(nhiều|nhìu|nhiu|lắm|trước|rất nhiều|vô cùng|thật nhiều|ạ|à|nha|nhé|nhe|nhá|nghen|hen|nghe|so much|very much|a lot|in advance|advance|đã (giúp|giải đáp|tư vấn|hỗ trợ|trả lời|đọc tin)( đỡ)?|vì (đã )?(giúp|giải đáp|hỗ trợ|tư vấn)( đỡ)?|và (kính )?chào( tạm biệt)?|trân trọng|và {CHEERS})"
    ),
    "THANKING": "({ASKER} )?((xin|rất|chân thành|trân trọng|thành thật|vô cùng|gửi lời|dạ|thành tâm|chỉ|và) )*{THANK} (({WARM}|{WHO}|{CALL}|{SOFT}|{WHO} (~){1,2}) )*",
    "CHEERS": "(xin|kính|gửi lời)? chúc {WHO}? (luôn|thật|nhiều|dồi dào|một|có)* (sức khỏe|mạnh khỏe|khỏe|vui vẻ|vui|bình an|an lành|hạnh phúc|thành công|may mắn|ngày|buổi|tuần) (~){0,4}",
    "CHEERS_FIRST": "{CHEERS} (?=#)",
    "BYE": (
        "(xin )?(trân trọng|kính thư|kính chào|kính bút|thân ái|thân chào|thân (?=$))( (cảm ơn|kính chào|ạ))* ;? (~){0,4}"
        "|(nếu (được|có thể) (thì)? )?({SELF} )?(rất |kính |xin )*(mong|hy vọng|hi vọng|chờ|đợi|hóng) (được )?(sớm )?(nhận được |được )?({WHO} )?(sớm )?(phản hồi|hồi âm|hồi đáp|phúc đáp|trả lời|giải đáp|giúp đỡ|tư vấn|hỗ trợ|rep|câu trả lời|tin|chỉ giúp|chỉ giáo)"
        "( (từ|của|cho|giúp|sớm|giùm|với))* ({WHO} |{SELF} |{SOFT} |sớm )*"
        "|({SELF} )?(kính |xin )?chúc {WHO} (~)*|{CHEERS}"
        "|({SELF} )?(đang )?(cần|hỏi)? (rất )?gấp (lắm|quá|ạ|rồi|nha|nhé)*"
        "|({SELF} )?(xin |sẽ )*(hậu tạ|khao|mời) (~){1,5}"
    ),
    "END_ASKING": (
        "({WHO} (nào )?|có ai |ai )?((biết|rành) )?(thì )?{ASKING} {SOFT}*|(có )?ai (biết|rành) (không|ko|k|hông)? {SOFT}*"
        "|(xin |nhờ )?({WHO} )?(giải đáp|tư vấn|chỉ|trả lời|hướng dẫn|rep|hỗ trợ|giúp)( (giúp|giùm|dùm|hộ|cho))*( {SELF}| {WHO})?( {SOFT})*"
    ),
    # Particles that end what is said. The second are words of their own if nothing is asked before them.
    "SURE": "(ạ|nhé|nhỉ|nhể|nhá|nghen|vậy|zậy|dzậy|vại|zợ|hả|rứa|hỉ|hầy|hén|dợ|zị)",
    "LOOSE": (
        "(ạ|à|ah|nhé|nhỉ|nhể|nha|nhá|nhen|nghen|hen|heng|hén|nghe|vậy|zậy|dậy|dzậy|vại|zợ|hả|há|ha|he|rứa|thế|với|vs|v|z"
        "|zz|haha)"
    ),
    # The same if their accents are typed, as others would be other words.
    "LOOSE_MARKED": "(lận|cà|nhở|hở|á|chứ|hè|hí|hỉ|hầy|thía|dạ|dợ|zị|nè)",
    # Right behind the word that asks; elsewhere they point at something.
    "LAST": "(cơ|này|ấy|đó|đi|đây|luôn|ta|ri|dạ|cà|hè|hỉ|há|hén|nè)",
    "TO": "((hả|hở|ạ|à) )?({MANY} )?(ad|admin|min|mod|page|bot|shop|mn|mọi người|cả nhà|bạn|anh chị|ac|anh|chị|em|cô|chú|bác|cô bác|bà con|bác sĩ|bs|các bác|mấy anh chị|o|mệ|mẹ|đứa)( (ơi|ạ|à|nhỉ|ha|hen|hè|hỉ|hén|nghen|nha|nhé|há))?",
    "TO_BARE": "((ạ|à|ha) )?(ad|admin|min|mod|page|bot|shop|mn|moi nguoi|ca nha|anh chị|ac|anh|chị|em|mấy anh chị|các anh chị)( (ơi|ạ|ha))?",
    "MILD": "(haha|ạ|à|nha|nhá|nhé|nhe|nghe|hen|heng|hén|nghen|với|vs|z|v|ha|vậy|hả|nhỉ|rứa)",
    "MILD_MARKED": "(nè|dạ|hí|lận|dợ|zậy|thế|á)",
    "CALLED_LAST": "{WHO} (ơi|ui|oi|êi)|({MANY} {PERSON}|{PERSON}) (ơi|ui|oi)|(z|v|vậy|ạ|dạ|á|nè|thế|hả|zậy|dzậy|dợ|dị|vại|zị|rứa|lận|nhỉ|nhể|hén|hỉ|hè|cà|ta) ({TO}|{MANY} {PERSON}|{HOUSE} mình?)",
    "THANKS_FIRST": "(vâng|dạ|ok)? {THANKING} (?=#|$|{ASKING}|cho|còn|nhưng|vậy|thế)|{E_THANK} (?=#|$|{E_ASK}|but|and|what|how|when|where|who)",
    "YES_I": "(dạ|vâng|ủa|à) (dạ|ạ|thưa)* (?={SELF})",
    "GREETING_LAST": "(dạ )?({SELF} )?(xin )?(chào|hello|hi|bye) ({WHO})? {SOFT}*",
    # What somebody says of himself before what he asks for.
    "WISH": (
        "{SELF} (đang)? (muốn|mún|cần|định|tính|có nhu cầu|có ý định)"
        "|(em|e|mình|mk|mik|tôi|tui|tớ) (?=bị|mới|có|ở|tự|đang|làm|đi|thì|được|mất|sắp|chưa|không|ko|k)"
    ),
    "SO": "(so|but|now|anyway|nhưng|vậy|thế|giờ|nay|nên|mà|và|thì|bây giờ|hiện giờ|rồi|không biết|ko biết|k biết)+",
    # In the middle of a sentence, without any mark before it.
    "WITHIN": "(cho {ASKER}? (xin|được)? hỏi|xin (được)? hỏi (quý {HOUSE}|{MANY} {PERSON})?|(vui lòng|làm ơn) cho {SELF}? (biết|hỏi)|cho {SELF} biết) {TAIL}",
    "WHO_ASKED": "(dạ )?(giờ |nay |vậy |nên |thì )*({PLEASE} )?({WHO}|{SELF}) ({PLEASE} )*",
    # What somebody tells of himself.
    "PERSONAL": (
        "(dạ|tại|tại vì|vì|do|bởi vì|vốn|hiện|hiện tại|hôm qua|hôm nay|hôm trước|hôm bữa|hồi|nay|giờ|lúc đó|sáng nay|chiều nay|bữa|số là|chuyện là)*"
        " ({SELF} (~)|(vợ|chồng|má|mẹ|ba|bố|cha|con|cháu|ông|bà|nội|ngoại|nhà|anh|chị|em|vợ chồng) (em|mình|tôi|tui|con|e|mk) (~)"
        "|(tìm|kiếm|tra|search|hỏi|gọi) (hoài|mãi|quài|nãy giờ|khắp nơi|cả buổi|cả ngày)"
        "|(sợ|lo|mừng|buồn|bực|hoang mang|lo lắng|lúng túng|mới chuyển|mới dọn|mới về|nghe nói|nghe bảo|thấy bảo|nghe đồn)"
        "|(nghe|thấy) ((mấy|các|bà con|hàng xóm|người ta|ai|ai đó|bạn|chị|anh|cô|bác|ông|bà|chú) (~)?)+ (nói|bảo|kêu|đồn))"
    ),
    "WHY": "(để|đặng|vì|tại|tại vì|bởi vì|do|kẻo|chứ) {SELF} (~)",
    "TELL_ONCE": "(thì )?(chỉ|bảo|mách|nói|rep|trả lời) ((giúp|giùm|dùm|hộ) )?{SELF} ((với|nha|nhé|ạ|nghe|nghen|biết|cái|đi|luôn) )+",
    "SEARCHED": "(mà |vì |tại )?({SELF} )?(tìm|kiếm|tra|hỏi|search|gọi) (hoài|mãi|quài|nãy giờ|khắp nơi|cả ngày|cả buổi|mấy chỗ|nhiều nơi|nhiều chỗ|rồi)+ (mà )?(không|ko|k|chưa|hông|hổng) (thấy|ra|được|có|biết|ai|gì|đâu|rành|trả lời)+",
    "BYE_ONCE": "(xin )?trân trọng( (cảm ơn|kính chào))?",
}
