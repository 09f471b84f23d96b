# Đọc cấu hình của một cuộc vận động (crates/campaign).

campaign-what = { $what ->
    [kind] loại đơn vị
    [measure] đơn vị tính
    [unit] đơn vị
    [office] cơ quan thực hiện
    [calendar] lịch báo cáo
    [period] kỳ báo cáo
    [element] chỉ tiêu số liệu
    [data-set] biểu mẫu
    [indicator] chỉ số
    [check] quy tắc kiểm tra
    [directive] văn bản chỉ đạo
    [reason] lý do miễn báo cáo
   *[other] mục
}
campaign-type = { $expected ->
    [string] một đoạn chữ trong dấu ngoặc kép
    [boolean] true hoặc false
    [integer] một số nguyên
    [list] một danh sách trong dấu [ ]
    [table] một bảng các trường
    [date] một ngày, viết như 2025-07-01
   *[other] một giá trị khác
}

campaign-file-missing = Thiếu tệp { $name }. Cấu hình của mỗi cuộc vận động phải có tệp này.
campaign-not-utf8 = Tệp không dùng bảng mã UTF-8. Đề nghị lưu lại dưới dạng UTF-8.
campaign-toml-broken = Tệp không đúng cú pháp TOML tại đây. Chi tiết của bộ đọc: { $detail }
campaign-csv-broken = Tệp không đúng cú pháp CSV tại đây. Chi tiết của bộ đọc: { $detail }
campaign-duplicate-key = Trường này đã được ghi ở trên. Mỗi trường chỉ ghi một lần.
campaign-field-missing = Thiếu trường “{ $name }”.
campaign-field-unknown = Không có trường nào tên là “{ $found }”. Các trường được dùng: { $expected }.
campaign-bad-choice = Giá trị “{ $found }” không dùng được ở đây. Chọn một trong: { $expected }.
campaign-wrong-type = Ở đây ghi { $found }, cần ghi { campaign-type }.
campaign-not-a-list = “{ $name }” phải là danh sách các mục, viết [[{ $name }]].
campaign-column-missing = Thiếu cột “{ $name }” ở dòng tiêu đề.
campaign-column-unknown = Không có cột nào tên là “{ $found }”. Các cột được dùng: { $expected }.
campaign-row-length = Dòng này có { $found } ô, dòng tiêu đề có { $expected } cột. Nếu trong ô có dấu phẩy, đặt cả ô trong dấu ngoặc kép.
campaign-empty-field = Ô “{ $field }” không được để trống.
campaign-bad-date = “{ $found }” không phải là ngày. Viết năm-tháng-ngày, như 2025-07-01.
campaign-bad-name = “{ $found }” không dùng làm tên của { campaign-what } được. Tên chỉ gồm chữ thường không dấu và chữ số, các phần nối bằng dấu chấm hoặc gạch nối.
campaign-duplicate-name = Tên “{ $name }” của { campaign-what } đã dùng ở { $file }, dòng { $line }. Mỗi tên chỉ dùng một lần.
campaign-unknown-name = Không có { campaign-what } nào tên là “{ $name }”.
campaign-unknown-name-nearest = Không có { campaign-what } nào tên là “{ $name }”. Có phải là “{ $nearest }”?
campaign-more-problems = Còn { $count } lỗi khác chưa liệt kê. Sửa các lỗi trên rồi đọc lại.

campaign-threshold-too-small = Ngưỡng bảo vệ số nhỏ là { $found }, phải từ 1 trở lên.
campaign-calendar-needs-one-way = Lịch “{ $calendar }” phải có hoặc quy tắc (rule), hoặc danh sách kỳ (period), và chỉ một trong hai.
campaign-calendar-no-months = Lịch “{ $calendar }” có kỳ dài 0 tháng. Mỗi kỳ phải dài ít nhất 1 tháng.
campaign-calendar-too-long = Lịch “{ $calendar }” vượt quá những ngày mà lịch ghi được. Giảm số kỳ (count).
campaign-calendar-bad-pattern = Mẫu tên kỳ “{ $found }” có chỗ điền không dùng được. Các chỗ điền: { $expected }.
campaign-event-needs = Việc “{ $change }” thiếu hoặc ghi sai trường “{ $field }”.
campaign-initiative-kind-missing = Có sổ mô hình nhưng campaign.toml chưa ghi initiative-kind: mô hình thuộc loại đơn vị nào.
campaign-initiative-ends-before-start = Mô hình kết thúc ngày { $ended }, trước ngày bắt đầu { $started }.
campaign-target-twice = Chỉ số “{ $indicator }” đã có mục tiêu cho kỳ “{ $period }” ở trên.

campaign-definition-same-day = Chỉ tiêu “{ $element }” có hai định nghĩa cùng bắt đầu từ ngày { $day }.
campaign-element-on-no-form = Chỉ tiêu “{ $element }” không nằm trong biểu mẫu nào. Mỗi chỉ tiêu phải thuộc đúng một biểu.
campaign-element-on-two-forms = Chỉ tiêu “{ $element }” nằm trong biểu “{ $first }” và lại có ở biểu “{ $second }”. Mỗi chỉ tiêu phải thuộc đúng một biểu, ghi một lần.
campaign-form-empty = Biểu “{ $form }” không có chỉ tiêu nào.
campaign-roster-empty = Biểu “{ $form }” chưa giao cho loại đơn vị hay đơn vị nào, nên sẽ không ai phải báo cáo.

campaign-indicator-needs-one-way = Chỉ số “{ $indicator }” phải có đúng một cách tính: count, ratio, rate, sum hoặc claim.
campaign-sum-of-nothing = Chỉ số “{ $indicator }” chưa ghi lấy số liệu từ đâu: danh sách đang trống.
campaign-measures-differ = Chỉ số “{ $indicator }” tính bằng “{ $expected }”, nhưng “{ $of }” tính bằng “{ $found }”. Không cộng các đơn vị tính khác nhau.
campaign-list-cannot-add = Chỉ số “{ $indicator }” cộng chỉ tiêu “{ $element }”, nhưng giá trị của các đơn vị ở chỉ tiêu này không cộng được (adds = lists).
campaign-mixed-time = Chỉ số “{ $indicator }” dùng chung chỉ tiêu cộng dồn trong kỳ (flow) và chỉ tiêu lấy vào cuối kỳ (stock). Đề nghị xem lại.
campaign-ratio-across-forms = Chỉ số “{ $indicator }” chia chỉ tiêu của hai biểu khác nhau: “{ $first }” ở biểu “{ $first-form }”, “{ $other }” ở biểu “{ $other-form }”. Tử số và mẫu số phải ở cùng một biểu.
campaign-sum-needs-counts = Chỉ số “{ $indicator }” cộng “{ $of }”, nhưng chỉ cộng được các chỉ số đếm (count) và tổng của chúng (sum).
campaign-sum-of-itself = Chỉ số “{ $indicator }” được tính từ chính nó.
campaign-claim-needs-source = Chỉ số “{ $indicator }” là số dẫn lại, phải ghi nguồn (source).
campaign-wording-decimals = Chỉ số “{ $indicator }” ghi quá nhiều chữ số thập phân. Ghi từ 0 đến 3.

campaign-exclusion-group-count = Phần trừ của chỉ số “{ $indicator }” phải có từ 1 đến { $most } nhóm.
campaign-exclusion-group-twice = Phần trừ của chỉ số “{ $indicator }” có hai nhóm cùng tên.
campaign-exclusion-group-unknown = Phần trừ của chỉ số “{ $indicator }” ghi nhóm “{ $found }”. Các nhóm đã đặt tên: { $expected }.
campaign-exclusion-part-missing = Phần trừ của chỉ số “{ $indicator }” thiếu số người ở đúng: { $groups }. Khi các nhóm có thể trùng người, biểu phải hỏi riêng từng trường hợp (chỉ nhóm này, chỉ nhóm kia, cả hai) thì mới trừ mỗi người một lần được.
campaign-exclusion-part-overlaps = Phần trừ của chỉ số “{ $indicator }” có dòng cho người ở nhiều nhóm ({ $groups }), nhưng lại ghi là các nhóm không trùng nhau (overlap = false).
campaign-exclusion-part-twice = Phần trừ của chỉ số “{ $indicator }” có hai dòng cho cùng một trường hợp: { $groups }.

campaign-register-unknown = Quy tắc “{ $rule }” hỏi sổ “{ $found }”. Các sổ có thể hỏi: { $expected }.
campaign-check-other-form = Quy tắc “{ $rule }” kiểm tra biểu “{ $form }” nhưng dùng chỉ tiêu “{ $element }” của biểu khác, nên không bao giờ kết luận được.

site-file-not-utf8 = Tệp { $file } không phải là văn bản UTF-8.
site-file-unreadable = Tệp { $file } không đọc được: { $detail }
site-article-no-head = Tệp { $file } thiếu phần đầu: bài bắt đầu bằng một dòng “+++”, các mục của bài, rồi một dòng “+++” nữa.
site-name-unknown = “{ $by }” nhắc đến { $what ->
    [column] chuyên mục
    [picture] ảnh
   *[article] bài
} “{ $name }” nhưng không có { $what ->
    [column] chuyên mục
    [picture] ảnh
   *[article] bài
} nào tên như vậy.
