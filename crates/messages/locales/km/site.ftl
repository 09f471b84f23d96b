# សេចក្តីព្រាង (draft): no native speaker has read it yet. What is missing is said in Vietnamese.

site-home = ទំព័រដើម
site-menu = បញ្ជីមាតិកា
site-sub-columns = ផ្នែករង
site-campaign = លទ្ធផលនៃចលនា
site-languages = ភាសា
site-draft-language = ចំណុចប្រទាក់ជាភាសាខ្មែរនេះជាសេចក្តីព្រាង៖ មិនទាន់មានអ្នកនិយាយភាសាខ្មែរពីកំណើតពិនិត្យនៅឡើយទេ។
site-search = ស្វែងរក
site-search-do = ស្វែងរក
site-notices = សេចក្តីជូនដំណឹង
site-notice-times = ពី { $from } ដល់ { $until }៖
site-more = បន្ថែម
site-aids = ជំនួយការអាន
site-aid-large = អក្សរធំ
site-aid-contrast = កម្រិតពណ៌ខ្ពស់
site-aid-wide = គម្លាតធំ
site-aid-light = ផ្ទៃភ្លឺ
site-aid-dark = ផ្ទៃងងឹត

site-managing = ស្ថាប័នគ្រប់គ្រង
site-parent = ស្ថាប័នសាមី
site-responsible = អ្នកទទួលខុសត្រូវ
site-address = អាសយដ្ឋាន
site-phone = ទូរស័ព្ទ
site-email = អ៊ីមែល
site-reuse = សូមបញ្ជាក់ប្រភព “{ $name }” ពេលផ្សព្វផ្សាយព័ត៌មានពីគេហទំព័រនេះឡើងវិញ។

site-visits = ចំនួនអ្នកចូលមើល
site-visits-online = កំពុងអនឡាញ
site-visits-today = ថ្ងៃនេះ
site-visits-week = សប្តាហ៍នេះ
site-visits-all = សរុប

site-latest = ព័ត៌មានថ្មី
site-all-in = មើលទាំងអស់៖ { $name }
site-lead-story = ព័ត៌មានលេចធ្លោ
site-nothing-published = មិនទាន់មានអត្ថបទនៅឡើយទេ។
site-front-title = គេហទំព័រផ្លូវការ
site-documents = ឯកសារ
site-map = ផែនទីរដ្ឋបាល
site-figures-title = តួលេខនៃចលនា
site-figures-all = មើលលទ្ធផលទាំងអស់
site-column-empty = ផ្នែកនេះមិនទាន់មានអត្ថបទនៅឡើយទេ។
site-column-count = { $count } អត្ថបទ
site-page-of = ទំព័រ { $page }/{ $pages }
site-newer = ថ្មីជាងនេះ
site-older = ចាស់ជាងនេះ

site-published = ផ្សាយថ្ងៃទី { $day }
site-updated = កែប្រែថ្ងៃទី { $day }
site-by = អ្នកនិពន្ធ៖ { $name }
site-source = ប្រភព៖ { $name }
site-photo-credit = រូបថត៖ { $name }
site-attachments = ឯកសារភ្ជាប់
site-related = អត្ថបទពាក់ព័ន្ធ
site-translations = អត្ថបទនេះជាភាសាផ្សេង៖
site-older-translation = សេចក្តីបកប្រែនេះចាស់ជាងច្បាប់ដើមភាសាវៀតណាម ហើយអាចមិនទាន់មានការកែប្រែចុងក្រោយ។
site-read-original = អានច្បាប់ដើម

site-map-page = ផែនទីគេហទំព័រ
site-map-columns = ផ្នែក
site-feedback = មតិយោបល់
site-feedback-title = មតិយោបល់ និងការវាយតម្លៃ
site-feedback-message = ខ្លឹមសារមតិយោបល់
site-feedback-send = ផ្ញើមតិយោបល់
site-feedback-thanks = បានទទួលមតិយោបល់
site-rating-title = តើអ្នកពេញចិត្តនឹងគេហទំព័រនេះទេ?
site-rating-1 = មិនពេញចិត្តខ្លាំង
site-rating-2 = មិនពេញចិត្ត
site-rating-3 = មធ្យម
site-rating-4 = ពេញចិត្ត
site-rating-5 = ពេញចិត្តខ្លាំង
site-back = ត្រឡប់ក្រោយ
site-gone = ខ្លឹមសារនេះលែងមានទៀតហើយ
