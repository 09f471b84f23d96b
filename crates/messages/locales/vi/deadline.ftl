# Một buổi hạn gửi: bổ sung cho báo cáo và duyệt báo cáo (crates/desk).

returns-asked = Người duyệt đề nghị xem lại chỉ tiêu này.
returns-asked-again = Chỉ tiêu người duyệt đề nghị xem lại ({ $count })

review-keys = Phím tắt
review-keys-list = { $next } / { $before }: báo cáo sau, báo cáo trước. { $tick }: chọn hoặc bỏ chọn. { $open }: mở. { $accept }: tới nút duyệt.
review-keys-one = { $accept }: tới nút duyệt. { $back }: tới ô lý do trả lại. { $next }: báo cáo tiếp theo. { $queue }: danh sách cần duyệt.
review-keys-off = Không dùng phím tắt trên máy này
review-keys-on = Dùng phím tắt trên máy này

returns-files = Tệp gửi kèm
returns-files-count = Tệp gửi kèm ({ $count })
returns-files-long = Biên bản, ảnh, văn bản liên quan đến báo cáo; nhiều nhất { $most } tệp. Không gửi danh sách có họ tên đảng viên, trẻ em, người ủng hộ.
returns-files-none = Chưa có tệp nào.
returns-file-name = Tên tệp
returns-file-about = { $size } KB, { $at }
returns-file-add = Gửi kèm thêm tệp
returns-file-choose = Chọn tệp
returns-file-kinds = Tệp .pdf, .docx, .xlsx, .odt, .ods hoặc ảnh. Ảnh được thu nhỏ và bỏ thông tin về nơi chụp, máy chụp.
returns-file-bring = Gửi kèm
returns-file-out = Bỏ tệp này
return-files-full = Mỗi báo cáo chỉ kèm nhiều nhất { $most } tệp. Đề nghị bỏ bớt một tệp trước khi gửi thêm.
return-file-unknown = Không có tệp này; có thể tệp đã được bỏ.
return-file-stays = Báo cáo đã được duyệt nên tệp “{ $file }” được giữ lại cùng báo cáo.
